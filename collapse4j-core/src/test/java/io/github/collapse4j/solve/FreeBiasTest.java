package io.github.collapse4j.solve;

import io.github.collapse4j.fixtures.Problems;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import org.junit.jupiter.api.Test;

/** The bias that makes ∇g·1 vanish. */
class FreeBiasTest {
    @Test
    void theBiasGradientVanishesToRounding() {
        Seeded.range(1600, 100).forEach(seeded -> {
            long[] counts = new long[seeded.between(2, 9)];
            for (int k = 0; k < counts.length; k++) {
                counts[k] = k > 0 && seeded.random().nextBoolean() ? counts[k - 1] : seeded.between(1, 200);
            }
            UfmProblem problem =
                    new UfmProblem(new CrossEntropy(), ClassCounts.of(counts), 2, 1e-3, 1e-3, new Bias.Free());
            String what = Problems.describe(problem) + ", " + seeded;
            TwinModel model = new TwinModel(problem, ClassGroups.of(problem.counts()));
            int n = model.size();
            // The solution for a slightly perturbed core, from a slightly perturbed bias.
            TwinPoint optimum = new TwinSolver(SolveOptions.defaults(), SolveListener.SILENT)
                    .solve(problem)
                    .point();
            Matrix core = Matrix.wrap(n, n, seeded.gaussian(n * n, 1e-3)).add(1, optimum.core());
            double[] bias = seeded.gaussian(n, 1e-3);
            for (int g = 0; g < n; g++) {
                bias[g] += optimum.bias()[g];
            }
            TwinPoint solved = FreeBias.solve(model, new TwinPoint(optimum.separation(), core, bias));
            Close.assertAtMost(1e-14, TwinSolution.of(model, solved).biasResidual(), "bias residual, " + what);
        });
    }

    /** The gap of 3e-11 left by Newton's method on values is due to the bias; the remainder is rounding. */
    @Test
    void theGapOfALongTailIsRounding() {
        long[] counts = new long[30];
        for (int k = 0; k < counts.length; k++) {
            counts[k] = (long) (1280 * Math.pow(5 / 1280.0, k / 29.0) + 1e-9);
        }
        UfmProblem problem =
                new UfmProblem(new CrossEntropy(), ClassCounts.of(counts), 30, 1e-5, 1e-5, new Bias.Free());
        Close.assertAtMost(
                5e-12, new GlobalSolver(SolveOptions.defaults()).solve(problem).relativeGap(), "relative gap");
    }
}
