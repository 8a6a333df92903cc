package io.github.collapse4j.certificate;

import io.github.collapse4j.fixtures.BiasOnly;
import io.github.collapse4j.fixtures.Problems;
import io.github.collapse4j.fixtures.Problems.BiasKind;
import io.github.collapse4j.fixtures.Problems.Family;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The convex problem in the bias alone. */
class BiasSolverTest {
    static Stream<Family> families() {
        return Family.all().filter(family -> family.bias() != BiasKind.NONE);
    }

    @ParameterizedTest
    @MethodSource("families")
    void withoutFeaturesTheBiasIsKnown(Family family) {
        Seeded.range(20, 30).forEach(seeded -> {
            UfmProblem problem = Problems.random(family, seeded);
            UfmModel model = UfmModel.reduced(problem);
            int classes = problem.classes();
            double[] found = BiasSolver.solve(model, Matrix.zeros(classes, classes), seeded.gaussian(classes, 2));
            double[] expected = BiasOnly.point(problem).bias();
            if (family.loss().isShiftInvariant() && family.bias() == BiasKind.FREE) {
                centre(found);
                centre(expected);
            }
            // Along the ones only the penalty holds the bias, so round-off of the gradient is divided by it.
            double lambda = problem.bias().lambda();
            double floor = 1e-15 * (1 + (lambda > 0 ? 1 / lambda : 0));
            Close.assertClose(expected, found, 1e-12, floor, Problems.describe(problem) + ", " + seeded);
        });
    }

    private static void centre(double[] bias) {
        double mean = Vectors.sum(bias) / bias.length;
        for (int k = 0; k < bias.length; k++) {
            bias[k] -= mean;
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void theBiasGradientVanishesToRoundOff(Family family) {
        Seeded.range(50, 40).forEach(seeded -> {
            UfmProblem problem = Problems.random(family, seeded);
            UfmModel model = UfmModel.full(problem);
            int classes = problem.classes();
            double size = seeded.logUniform(0.1, 30);
            Matrix product = Matrix.wrap(classes, model.columns(), seeded.gaussian(classes * model.columns(), size));
            double[] bias = BiasSolver.solve(model, product, new double[classes]);
            Matrix residual = Matrix.zeros(classes, model.columns());
            model.dataTerm().evaluate(model.logits(product, bias), residual);
            double[] sums = BiasSolver.weightedRowSums(model.dataTerm(), residual);
            for (int k = 0; k < classes; k++) {
                // Residuals determine their logits to round-off of their size.
                Close.assertClose(
                        0,
                        sums[k] + problem.bias().lambda() * bias[k],
                        0,
                        1e-15 * (1 + size),
                        "∇g·1 + λ_b b, " + Problems.describe(problem) + ", logits of size " + size + ", " + seeded);
            }
        });
    }
}
