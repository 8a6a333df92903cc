package io.github.collapse4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.collapse4j.curvature.DenseHessian;
import io.github.collapse4j.fixtures.Problems;
import io.github.collapse4j.fixtures.Problems.Family;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reduced model is the full one on class-constant features (docs/theory.md §2). */
class ReductionTest {
    private static final double EXACT = 1e-12;

    record Case(UfmProblem problem, Seeded seeded) {
        /** The full model with samples in random order. */
        UfmModel full() {
            int[] labels = new int[Math.toIntExact(problem.counts().samples())];
            int next = 0;
            for (int k = 0; k < problem.classes(); k++) {
                for (int i = 0; i < problem.counts().count(k); i++) {
                    labels[next++] = k;
                }
            }
            for (int i = labels.length - 1; i > 0; i--) {
                int j = seeded.between(0, i);
                int swapped = labels[i];
                labels[i] = labels[j];
                labels[j] = swapped;
            }
            return UfmModel.full(problem, labels);
        }

        UfmModel reduced() {
            return UfmModel.reduced(problem);
        }

        @Override
        public String toString() {
            return Problems.describe(problem) + ", " + seeded;
        }
    }

    static Stream<Case> cases() {
        return Family.all()
                .flatMap(family -> Stream.of(11, 12, 13).map(i -> {
                    Seeded seeded = Seeded.of(i);
                    UfmProblem problem = Problems.random(family, seeded);
                    return new Case(problem.withFeatureDimension(problem.classes() + i - 12), seeded);
                }));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void valuesAndGradientsCorrespond(Case example) {
        UfmModel full = example.full();
        UfmModel reduced = example.reduced();
        UfmPoint point = reduced.randomPoint(example.seeded().random(), 1);
        UfmPoint expanded = full.expand(point);
        double value = reduced.value(point);
        Close.assertClose(value, full.value(expanded), EXACT, "value, " + example);

        UfmPoint back = full.reduce(expanded);
        Close.assertClose(point.features().data(), back.features().data(), EXACT, 0, "reduce undoes expand");
        UfmPoint gradient = gradient(reduced, point);
        UfmPoint ofFull = gradient(full, expanded);
        // H ↦ Ĥ is an isometry on class-constant features, so the gradients correspond like the points.
        UfmPoint mapped = full.expand(gradient);
        Close.assertClose(mapped.classifier().data(), ofFull.classifier().data(), EXACT, 1e-15, "by W, " + example);
        Close.assertClose(mapped.features().data(), ofFull.features().data(), EXACT, 1e-15, "by H, " + example);
        Close.assertClose(mapped.bias(), ofFull.bias(), EXACT, 1e-15, "by b, " + example);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aReducedModelMapsPointsToThemselves(Case example) {
        UfmModel reduced = example.reduced();
        UfmPoint point = reduced.randomPoint(example.seeded().random(), 1);
        assertSame(point, reduced.reduce(point));
        assertSame(point, reduced.expand(point));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void spectrumOfTheFullHessianIsTheReducedOneAndThatOfEachClass(Case example) {
        UfmProblem problem = example.problem();
        // A critical point of rank at most d − 1: that of a smaller model, padded. Any critical point will do.
        int d = Math.max(1, problem.featureDimension() - 1);
        UfmModel narrow = UfmModel.reduced(problem.withFeatureDimension(d));
        UfmPoint point =
                new MultiStart(example.seeded().seed()).best(narrow, 1).point().padTo(problem.featureDimension());
        UfmModel full = example.full();
        double[] found = LinearAlgebra.symmetricEigenvalues(DenseHessian.of(full, full.expand(point)));

        DoubleStream expected =
                Arrays.stream(LinearAlgebra.symmetricEigenvalues(DenseHessian.of(example.reduced(), point)));
        Matrix residual = Matrix.zeros(problem.classes(), problem.classes());
        UfmModel reduced = example.reduced();
        reduced.dataTerm().evaluate(reduced.logits(point.product(), point.bias()), residual);
        for (int k = 0; k < problem.classes(); k++) {
            double[] ofClass = LinearAlgebra.symmetricEigenvalues(withinClass(problem, point, residual.column(k), k));
            long copies = problem.counts().count(k) - 1;
            expected = DoubleStream.concat(
                    expected, IntStream.range(0, (int) copies).boxed().flatMapToDouble(i -> Arrays.stream(ofClass)));
        }
        double[] sorted = expected.sorted().toArray();
        Close.assertClose(sorted, found, EXACT, 0, example.toString());
    }

    /** λ_H I + (1/N)·Wᵀ S_k W with S_k = diag(p_k) − p_k p_kᵀ for cross-entropy and I for squared error. */
    private static Matrix withinClass(UfmProblem problem, UfmPoint point, double[] residual, int label) {
        int classes = problem.classes();
        Matrix s = Matrix.identity(classes);
        if (problem.loss() instanceof CrossEntropy) {
            double[] p = residual.clone();
            p[label] += 1;
            for (int i = 0; i < classes; i++) {
                for (int j = 0; j < classes; j++) {
                    s.set(i, j, (i == j ? p[i] : 0) - p[i] * p[j]);
                }
            }
        }
        Matrix w = point.classifier();
        Matrix result = LinearAlgebra.multiply(w, Op.TRANSPOSE, LinearAlgebra.multiply(s, w), Op.NONE);
        return result.scale(1.0 / problem.counts().samples())
                .add(problem.lambdaH(), Matrix.identity(problem.featureDimension()));
    }

    private static UfmPoint gradient(UfmModel model, UfmPoint point) {
        UfmObjective objective = model.objective();
        double[] gradient = new double[objective.dimension()];
        objective.linearize(objective.toVector(point), gradient);
        double[] copy = gradient.clone();
        UfmPoint result = objective.toPoint(gradient);
        assertArrayEquals(copy, gradient);
        return result;
    }
}
