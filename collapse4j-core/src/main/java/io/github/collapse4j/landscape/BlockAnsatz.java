package io.github.collapse4j.landscape;

import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.optim.EuclideanProblem;
import io.github.collapse4j.optim.TrustRegionNewton;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Points whose classes coincide within blocks: equal rows of W, equal biases, equal features h_k. If the classes of
 * every block have equal counts, permuting them is a symmetry and the subspace is invariant, so its critical points are
 * critical for the whole model; otherwise they are initial guesses for polishing.
 */
final class BlockAnsatz {
    private final UfmModel model;
    private final TiedFunction tied;

    /** Ties the classes of each block together; without blocks, only W = 0, Ĥ = 0 and a free bias per class remain. */
    BlockAnsatz(UfmModel model, List<List<Integer>> blocks) {
        this.model = model;
        int classes = model.problem().classes();
        int d = model.problem().featureDimension();
        int[] of = new int[model.dimension()];
        double[] scale = new double[of.length];
        Arrays.fill(of, -1);
        int variables = 0;
        boolean bias = model.problem().bias().isPresent();
        int biasStart = 2 * classes * d;
        for (List<Integer> block : blocks) {
            double samples = 0;
            for (int k : block) {
                samples += model.problem().counts().count(k);
            }
            for (int k : block) {
                for (int a = 0; a < d; a++) {
                    tie(of, scale, a * classes + k, variables + a, 1 / Math.sqrt(block.size()));
                    double share = model.problem().counts().count(k) / samples;
                    tie(of, scale, classes * d + k * d + a, variables + d + a, Math.sqrt(share));
                }
                if (bias) {
                    tie(of, scale, biasStart + k, variables + 2 * d, 1 / Math.sqrt(block.size()));
                }
            }
            variables += 2 * d + (bias ? 1 : 0);
        }
        if (blocks.isEmpty() && bias) {
            for (int k = 0; k < classes; k++) {
                tie(of, scale, biasStart + k, k, 1);
            }
        }
        tied = new TiedFunction(model.objective(), of, scale);
    }

    private static void tie(int[] of, double[] scale, int variable, int common, double factor) {
        of[variable] = common;
        scale[variable] = factor;
    }

    /** A local minimum of the subspace, from a random start. */
    UfmPoint minimum(RandomGenerator random, double standardDeviation) {
        double[] start = new double[tied.dimension()];
        for (int i = 0; i < start.length; i++) {
            start[i] = standardDeviation * random.nextGaussian();
        }
        EuclideanProblem problem = new EuclideanProblem(tied, start);
        new TrustRegionNewton(TrustRegionNewton.Options.defaults().withGradientTolerance(1e-14)).minimize(problem);
        UfmObjective objective = model.objective();
        return objective.toPoint(tied.expand(problem.point()));
    }
}
