package io.github.collapse4j.landscape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.fixtures.Matrices;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.FiniteDifference;
import io.github.collapse4j.testkit.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReducedHessianTest {
    private static UfmProblem problem(Loss loss, int d, Bias bias) {
        return new UfmProblem(loss, ClassCounts.of(4, 2, 7, 3), d, 0.02, 0.01, bias);
    }

    @Test
    void columnsAreDerivativesOfTheGradient() {
        UfmModel model = UfmModel.reduced(problem(new CrossEntropy(), 2, new Bias.Regularised(0.3)));
        UfmObjective objective = model.objective();
        Seeded seeded = Seeded.of(1);
        UfmPoint point = model.randomPoint(seeded.random(), 1);
        double[] x = objective.toVector(point);
        Matrix hessian = ReducedHessian.dense(model, point);
        assertEquals(x.length, hessian.rows());
        for (int j = 0; j < x.length; j++) {
            double[] unit = new double[x.length];
            unit[j] = 1;
            double[] column = FiniteDifference.derivative(
                    at -> {
                        double[] gradient = new double[at.length];
                        objective.linearize(at, gradient);
                        return gradient;
                    },
                    x,
                    unit);
            Close.assertClose(column, hessian.column(j), 0, 1e-10, "column " + j + ", " + seeded);
        }
        Matrices.assertClose(hessian, hessian.transpose(), 0, 0, "symmetric");
    }

    @Test
    void spectrumIsThatOfTheDenseMatrixWithItsLowestEigenvector() {
        UfmModel model = UfmModel.reduced(problem(new SquaredError(), 3, new Bias.Free()));
        UfmPoint point = model.randomPoint(Seeded.of(2).random(), 0.1);
        Matrix hessian = ReducedHessian.dense(model, point);
        Spectrum spectrum = ReducedHessian.spectrum(model, point);
        Close.assertClose(LinearAlgebra.symmetricEigenvalues(hessian), spectrum.eigenvalues(), 1e-13, 0, "eigenvalues");
        assertTrue(spectrum.smallest() < 0, "near zero the loss still falls along some direction");
        Matrix lowest = Matrix.wrap(hessian.rows(), 1, spectrum.lowest());
        Matrix image = LinearAlgebra.multiply(hessian, lowest);
        Matrices.assertClose(lowest.copy().scale(spectrum.smallest()), image, 0, 1e-13, "eigenvector");
        Close.assertClose(1, lowest.norm(), 1e-13, "unit length");
    }

    @Test
    void tooManyUnknownsAreRefused() {
        UfmModel model = UfmModel.reduced(problem(new SquaredError(), 800, new Bias.None()));
        UfmPoint point = model.randomPoint(Seeded.of(1).random(), 1);
        String message =
                String.valueOf(assertThrows(IllegalArgumentException.class, () -> ReducedHessian.dense(model, point))
                        .getMessage());
        assertTrue(message.contains("6400"), message);
    }

    /** The dimension of the tangent space of the symmetry orbit, as the rank of its spanning vectors. */
    @ParameterizedTest
    @CsvSource({"1,0", "1,1", "2,1", "3,0", "3,2", "3,3", "5,2", "5,4", "6,3"})
    void orbitDimensionIsTheRankOfTheTangentSpace(int d, int rank) {
        Seeded seeded = Seeded.of(10L * d + rank);
        Matrix w = Matrix.zeros(4, d);
        Matrix h = Matrix.zeros(d, 4);
        if (rank > 0) {
            Matrix common = LinearAlgebra.svd(Matrices.gaussian(d, d, seeded)).u();
            for (int i = 0; i < rank; i++) {
                Matrix axis = Matrix.wrap(d, 1, common.column(i));
                w.add(1, LinearAlgebra.multiply(Matrices.gaussian(4, 1, seeded), axis.transpose()));
                h.add(1, LinearAlgebra.multiply(axis, Matrices.gaussian(1, 4, seeded)));
            }
        }
        int tangents = d * (d - 1) / 2;
        Matrix span = Matrix.zeros(8 * d, Math.max(1, tangents));
        int column = 0;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < i; j++) {
                Matrix skew = Matrix.zeros(d, d);
                skew.set(i, j, 1);
                skew.set(j, i, -1);
                Matrix ofW = LinearAlgebra.multiply(w, skew);
                Matrix ofH = LinearAlgebra.multiply(skew, h).scale(-1);
                System.arraycopy(ofW.data(), 0, span.data(), column * 8 * d, 4 * d);
                System.arraycopy(ofH.data(), 0, span.data(), column * 8 * d + 4 * d, 4 * d);
                column++;
            }
        }
        int rotations = 0;
        for (double value : LinearAlgebra.svd(span).values()) {
            rotations += value > 1e-9 ? 1 : 0;
        }
        assertEquals(rotations, ReducedHessian.orbitDimension(problem(new CrossEntropy(), d, new Bias.None()), rank));
        assertEquals(rotations, ReducedHessian.orbitDimension(problem(new SquaredError(), d, new Bias.Free()), rank));
        assertEquals(
                rotations + 1, ReducedHessian.orbitDimension(problem(new CrossEntropy(), d, new Bias.Free()), rank));
    }
}
