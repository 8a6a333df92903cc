package io.github.collapse4j.benchmarks;

import io.github.collapse4j.certificate.DualBound;
import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.MultiStart;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmProblem;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Times descents from random starts to a certified global minimum for K = d = 10, one after the other, in milliseconds;
 * the first in a cold JVM. Run by {@code peers/one_start.py}, which does the same with PyTorch's L-BFGS.
 */
public final class OneStart {
    private static final UfmProblem PROBLEM = new UfmProblem(
            new CrossEntropy(), ClassCounts.balanced(10, 100), 10, 0.005, 0.001, new Bias.Regularised(0.01));

    private OneStart() {}

    /** Arguments: the number of starts. */
    public static void main(String[] args) {
        int starts = Integer.parseInt(args[0]);
        UfmModel model = UfmModel.reduced(PROBLEM);
        MultiStart descent = new MultiStart(1);
        double[] milliseconds = IntStream.range(0, starts)
                .mapToDouble(start -> milliseconds(model, descent, start))
                .toArray();
        System.out.println(Arrays.toString(milliseconds));
    }

    private static double milliseconds(UfmModel model, MultiStart descent, int start) {
        long begin = System.nanoTime();
        MultiStart.Minimum minimum = descent.minimum(model, start);
        LowerBound bound = DualBound.of(model, minimum.point(), minimum.objective());
        double elapsed = (System.nanoTime() - begin) / 1e6;
        double gap = bound.relativeGap(minimum.objective());
        if (!(minimum.gradientNorm() <= 1e-9 && gap <= 1e-8)) {
            throw new IllegalStateException(
                    "start " + start + ": gradient " + minimum.gradientNorm() + ", certified gap " + gap);
        }
        return elapsed;
    }
}
