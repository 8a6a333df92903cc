package io.github.collapse4j.lastlayer;

import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.optim.EuclideanProblem;
import io.github.collapse4j.optim.SmoothFunction;
import io.github.collapse4j.optim.TrustRegionNewton;
import java.util.Arrays;

/** The best features for a fixed classifier and bias: a strongly convex problem, class by class (docs/theory.md §2). */
final class BestFeatures {
    private BestFeatures() {}

    /** The least value of the reduced model over its features, W and b as in {@code start}. */
    static double value(UfmModel reduced, UfmPoint start) {
        UfmObjective objective = reduced.objective();
        double[] fixed = objective.toVector(start);
        int from = start.classifier().data().length;
        int to = from + start.features().data().length;
        EuclideanProblem problem =
                new EuclideanProblem(new OverFeatures(objective, fixed, from, to), Arrays.copyOfRange(fixed, from, to));
        return new TrustRegionNewton(TrustRegionNewton.Options.defaults())
                .minimize(problem)
                .value();
    }

    /** The objective as a function of the slice of its vector that holds the features. */
    private static final class OverFeatures implements SmoothFunction {
        private final UfmObjective objective;
        private final int from;
        private final int to;
        private final double[] point;
        private final double[] direction;
        private final double[] image;

        OverFeatures(UfmObjective objective, double[] fixed, int from, int to) {
            this.objective = objective;
            this.from = from;
            this.to = to;
            this.point = fixed.clone();
            this.direction = new double[fixed.length];
            this.image = new double[fixed.length];
        }

        @Override
        public int dimension() {
            return to - from;
        }

        @Override
        public double value(double[] x) {
            System.arraycopy(x, 0, point, from, x.length);
            return objective.value(point);
        }

        @Override
        public double linearize(double[] x, double[] gradient) {
            System.arraycopy(x, 0, point, from, x.length);
            double value = objective.linearize(point, image);
            System.arraycopy(image, from, gradient, 0, gradient.length);
            return value;
        }

        @Override
        public void hessianVector(double[] x, double[] result) {
            System.arraycopy(x, 0, direction, from, x.length);
            objective.hessianVector(direction, image);
            System.arraycopy(image, from, result, 0, result.length);
        }
    }
}
