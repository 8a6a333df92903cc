package io.github.collapse4j.curvature;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

class DenseHessianTest {
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
        Matrix hessian = DenseHessian.of(model, point);
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
        Matrix hessian = DenseHessian.of(model, point);
        Spectrum.Complete spectrum = Spectrum.complete(model, point);
        Close.assertClose(LinearAlgebra.symmetricEigenvalues(hessian), spectrum.eigenvalues(), 1e-13, 0, "eigenvalues");
        assertTrue(spectrum.smallest() < 0, "near zero the loss still falls along some direction");
        Matrix lowest = Matrix.wrap(hessian.rows(), 1, spectrum.lowest());
        Matrix image = LinearAlgebra.multiply(hessian, lowest);
        Matrices.assertClose(lowest.copy().scale(spectrum.smallest()), image, 0, 1e-13, "eigenvector");
        Close.assertClose(1, lowest.norm(), 1e-13, "unit length");
    }
}
