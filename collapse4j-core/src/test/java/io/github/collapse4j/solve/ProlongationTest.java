package io.github.collapse4j.solve;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.testkit.Close;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** From coarse groups to fine ones by interpolation in the logarithm of the counts. */
class ProlongationTest {
    private static final double TOLERANCE = 1e-12;
    /** Two classes each of 1, 2, 4, … 512 samples. */
    private static final UfmProblem PROBLEM = problem();

    private static UfmProblem problem() {
        long[] counts = new long[20];
        for (int k = 0; k < counts.length; k++) {
            counts[k] = 1L << (k / 2);
        }
        return new UfmProblem(new SquaredError(), ClassCounts.of(counts), 20, 1e-3, 1e-3, new Bias.Regularised(0.1));
    }

    private static TwinPoint point(
            TwinModel model, DoubleBinaryOperator others, DoubleUnaryOperator own, DoubleUnaryOperator bias) {
        double[] counts = model.groups().counts();
        int n = counts.length;
        Matrix othersOf = Matrix.zeros(n, n);
        double[] ownOf = new double[n];
        double[] biasOf = new double[n];
        for (int g = 0; g < n; g++) {
            ownOf[g] = own.applyAsDouble(Math.log(counts[g]));
            biasOf[g] = bias.applyAsDouble(Math.log(counts[g]));
            for (int h = 0; h < n; h++) {
                othersOf.set(h, g, others.applyAsDouble(Math.log(counts[h]), Math.log(counts[g])));
            }
        }
        return Prolongation.fromLogits(model, othersOf, ownOf, biasOf);
    }

    private static Matrix logits(TwinModel model, TwinPoint point) {
        Matrix logits = model.newLogits();
        model.logits(point.separation(), point.core(), point.bias(), logits);
        return logits;
    }

    @Test
    void aPointReproducesItsLogits() {
        TwinModel model = new TwinModel(PROBLEM, ClassGroups.of(PROBLEM.counts()));
        TwinPoint point = point(model, (h, g) -> 0.1 * h - 0.2 * g * g, g -> 3 + g * g, g -> 0.01 * g);
        Matrix logits = logits(model, point);
        double[] counts = model.groups().counts();
        for (int g = 0; g < counts.length; g++) {
            double x = Math.log(counts[g]);
            Close.assertClose(3 + x * x + 0.01 * x, logits.get(counts.length, g), TOLERANCE, "own logit " + g);
            for (int h = 0; h < counts.length; h++) {
                double y = Math.log(counts[h]);
                double expected = 0.1 * y - 0.2 * x * x + 0.01 * y;
                Close.assertClose(expected, logits.get(h, g), TOLERANCE, TOLERANCE, "logit " + h + " of " + g);
            }
        }
    }

    /**
     * Interpolation reproduces functions that are linear in the logarithm of the count (bilinear for pairs), within its
     * range.
     */
    @Test
    void functionsLinearInTheLogarithmAreReproduced() {
        ClassGroups fine = ClassGroups.of(PROBLEM.counts());
        TwinModel coarse = new TwinModel(PROBLEM, fine.coarsen(5));
        TwinModel finer = new TwinModel(PROBLEM, fine);
        DoubleBinaryOperator others = (h, g) -> -1 + 0.1 * h - 0.2 * g + 0.03 * h * g;
        DoubleUnaryOperator own = g -> 8 + 0.5 * g;
        DoubleUnaryOperator bias = g -> 0.01 * g;
        TwinPoint carried = Prolongation.prolong(coarse, point(coarse, others, own, bias), finer);
        TwinPoint expected = point(finer, others, own, bias);
        Close.assertClose(logits(finer, expected).data(), logits(finer, carried).data(), TOLERANCE, 0, "logits");
        Close.assertClose(expected.bias(), carried.bias(), TOLERANCE, TOLERANCE, "bias");
    }
}
