package io.github.collapse4j.curvature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.linalg.Lanczos;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.MultiStart;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpectraTest {
    static List<UfmProblem> problems() {
        List<UfmProblem> problems = new ArrayList<>();
        for (Loss loss : new Loss[] {new CrossEntropy(), new SquaredError()}) {
            for (Bias bias : new Bias[] {new Bias.None(), new Bias.Free(), new Bias.Regularised(0.05)}) {
                problems.add(new UfmProblem(loss, ClassCounts.of(5, 3, 3, 1), 3, 0.01, 0.002, bias));
                problems.add(new UfmProblem(loss, ClassCounts.balanced(4, 3), 5, 0.005, 0.003, bias));
                problems.add(new UfmProblem(loss, ClassCounts.of(2, 1), 1, 0.005, 0.003, bias));
            }
        }
        return problems;
    }

    @ParameterizedTest
    @MethodSource("problems")
    void theAssembledHessianAgreesWithHessianVectorProducts(UfmProblem problem) {
        for (UfmModel model : List.of(UfmModel.reduced(problem), UfmModel.full(problem))) {
            UfmPoint point = model.randomPoint(new SplittableRandom(3), 1);
            Matrix expected = fromProducts(model, point);
            Matrix difference = DenseHessian.of(model, point).add(-1, expected);
            assertTrue(difference.norm() <= 1e-13 * expected.norm(), difference.norm() + " / " + expected.norm());
        }
    }

    @Test
    void largeEnoughForNativeProducts() {
        UfmProblem problem =
                new UfmProblem(new CrossEntropy(), ClassCounts.balanced(30, 7), 27, 0.01, 0.002, new Bias.Free());
        UfmModel model = UfmModel.reduced(problem);
        UfmPoint point = model.randomPoint(new SplittableRandom(3), 1);
        Matrix expected = fromProducts(model, point);
        Matrix difference = DenseHessian.of(model, point).add(-1, expected);
        assertTrue(difference.norm() <= 1e-13 * expected.norm(), difference.norm() + " / " + expected.norm());
    }

    @ParameterizedTest
    @MethodSource("problems")
    void theFullSpectrumIsThatOfTheDenseFullHessian(UfmProblem problem) {
        UfmModel reduced = UfmModel.reduced(problem);
        UfmModel full = UfmModel.full(problem);
        UfmPoint point = new MultiStart(1).best(reduced, 2).point();
        FullSpectrum spectrum = FullSpectrum.at(reduced, point);
        double[] expected = LinearAlgebra.symmetricEigenvalues(DenseHessian.of(full, full.expand(point)));
        double[] found = spectrum.levels().stream()
                .flatMapToDouble(level ->
                        java.util.stream.DoubleStream.generate(level::value).limit(level.multiplicity()))
                .toArray();
        assertEquals(full.dimension(), spectrum.size());
        assertArrayEquals(expected, found, 1e-10);
        assertEquals(expected[expected.length - 1], spectrum.largest(), 1e-10);
        assertTrue(spectrum.smallestWithin() >= problem.lambdaH() * (1 - 1e-12));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void alongTheOrbitTheHessianOfACriticalPointVanishes(UfmProblem problem) {
        UfmModel model = UfmModel.reduced(problem);
        for (int d = 1; d < problem.featureDimension(); d++) {
            UfmModel narrow = UfmModel.reduced(problem.withFeatureDimension(d));
            UfmPoint point = new MultiStart(1).best(narrow, 4).point().padTo(problem.featureDimension());
            SymmetryOrbit orbit = SymmetryOrbit.through(model, point);
            Spectrum.Complete spectrum = Spectrum.complete(model, point);
            assertEquals(orbit.dimension(), spectrum.nullity(), () -> problem + " " + orbit.rank());
            double[] x = new double[model.dimension()];
            SplittableRandom random = new SplittableRandom(5);
            for (int i = 0; i < x.length; i++) {
                x[i] = random.nextDouble() - 0.5;
            }
            double[] transverse = x.clone();
            orbit.projectOut(transverse);
            double[] along = x.clone();
            Vectors.add(-1, transverse, along);
            double[] again = transverse.clone();
            orbit.projectOut(again);
            assertArrayEquals(transverse, again, 1e-12);
            assertEquals(0, Vectors.dot(along, transverse), 1e-12);
            Matrix image = LinearAlgebra.multiply(DenseHessian.of(model, point), Matrix.wrap(x.length, 1, along));
            assertTrue(image.norm() <= 1e-8, () -> problem + " " + image.norm());
        }
    }

    @ParameterizedTest
    @MethodSource("problems")
    void lanczosFindsTheEndsOfTheDenseSpectrum(UfmProblem problem) {
        int d = Math.max(1, problem.featureDimension() - 1);
        UfmModel model = UfmModel.reduced(problem);
        UfmPoint point = new MultiStart(1)
                .best(UfmModel.reduced(problem.withFeatureDimension(d)), 4)
                .point()
                .padTo(problem.featureDimension());
        Spectrum.Complete dense = Spectrum.complete(model, point);
        Spectrum.Partial partial = Spectrum.partial(model, point, Lanczos.Options.defaults());
        assertEquals(dense.smallest(), partial.smallest(), 1e-9);
        assertEquals(dense.largest(), partial.largest(), 1e-9);
        assertEquals(dense.orbitDimension(), partial.orbitDimension());
        for (Lanczos.Pair pair : partial.transverse().lowest()) {
            double nearest = Arrays.stream(dense.eigenvalues())
                    .map(value -> Math.abs(value - pair.value()))
                    .min()
                    .orElseThrow();
            assertTrue(nearest <= pair.residual() + 1e-13, nearest + " " + pair.residual());
        }
        if (dense.index() == 0 && dense.nullity() == dense.orbitDimension()) {
            assertEquals(dense.condition(), partial.condition(), 1e-6 * dense.condition());
        }
    }

    @Test
    void thickRestartsConvergeWhereTheBasisIsSmall() {
        long[] counts = {90, 70, 55, 43, 34, 27, 21, 17, 13, 10, 8, 6};
        UfmProblem problem =
                new UfmProblem(new CrossEntropy(), ClassCounts.of(counts), 12, 0.005, 0.001, new Bias.Free());
        UfmModel model = UfmModel.reduced(problem);
        UfmPoint point = new MultiStart(1).best(model, 1).point();
        Spectrum.Complete dense = Spectrum.complete(model, point);
        Lanczos.Options small = new Lanczos.Options(2, 1e-10, 40, 20_000, 7);
        Spectrum.Partial partial = Spectrum.partial(model, point, small);
        assertTrue(partial.transverse().converged());
        assertTrue(partial.transverse().products() > 40);
        assertEquals(dense.smallestPositive(), partial.smallestPositive(), 1e-10);
        assertEquals(dense.largest(), partial.largest(), 1e-10);
        assertEquals(dense.condition(), partial.condition(), 1e-6 * dense.condition());
    }

    private static Matrix fromProducts(UfmModel model, UfmPoint point) {
        UfmObjective objective = model.objective();
        int n = objective.dimension();
        Matrix hessian = Matrix.zeros(n, n);
        double[] image = new double[n];
        objective.linearize(objective.toVector(point), image);
        for (int j = 0; j < n; j++) {
            double[] unit = new double[n];
            unit[j] = 1;
            objective.hessianVector(unit, image);
            System.arraycopy(image, 0, hessian.data(), j * n, n);
        }
        return hessian;
    }
}
