package io.github.collapse4j.landscape;

import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.optim.Lbfgs;
import io.github.collapse4j.optim.Limits;
import io.github.collapse4j.optim.OptimizerResult;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A descent from the neighbourhood of a saddle.
 *
 * @param gaps relative excess over the global minimum after each step
 * @param objective final value
 */
public record SaddleDescent(List<Double> gaps, double objective) {
    /**
     * Distance of the start from the saddle along the escape direction; {@link #NOISE} is added in random directions.
     */
    private static final double PUSH = 1e-2;

    private static final double NOISE = 1e-4;

    static SaddleDescent from(UfmModel model, UfmPoint saddle, UfmPoint direction, double optimum) {
        UfmObjective objective = model.objective();
        double[] start = objective.toVector(saddle);
        double[] way = objective.toVector(direction);
        Vectors.add(PUSH / Vectors.norm(way), way, start);
        SplittableRandom random = new SplittableRandom(0);
        for (int i = 0; i < start.length; i++) {
            start[i] += NOISE * random.nextGaussian();
        }
        List<Double> gaps = new ArrayList<>();
        OptimizerResult result = new Lbfgs(Lbfgs.Options.defaults())
                .minimize(objective, start, Limits.defaults(), (iteration, value, norm, x) -> {
                    gaps.add(Math.max(0, (value - optimum) / optimum));
                    return false;
                });
        return new SaddleDescent(gaps, result.value());
    }

    /** The number of steps. */
    public int steps() {
        return gaps.size() - 1;
    }
}
