package io.github.collapse4j.nonnegative;

import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.ClassGroups;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A solution with one unit for each class, which may serve other classes too, in coordinates of exchangeable classes.
 *
 * @param model the problem in groups
 * @param classifier the columns of W of one unit of each group, {@code (G+1)×G}, for λ_W = λ_H = μ
 * @param features the rows of Ĥ of one unit of each group as columns, {@code (G+1)×G}
 * @param bias one for each group
 * @param alive whether the units of each group are not zero
 */
record SharedClassUnits(
        NonnegativeProblem problem,
        LassoModel model,
        double objective,
        LowerBound lowerBound,
        Matrix classifier,
        Matrix features,
        double[] bias,
        boolean[] alive)
        implements NonnegativeSolution {
    /** Product of a unit's norms, relative to the largest, below which it is dead. */
    private static final double DEAD = 1e-9;

    /** Shares of the other classes in the units at the start. */
    private static final double[] SHARES = {0.1, 1, 0.01};

    /** The best of several descents. */
    static SharedClassUnits of(NonnegativeProblem problem, LassoSolution lasso, long seed, double relativeGap) {
        LassoModel model = lasso.model();
        SharedClassUnits best = null;
        for (int start = 0; start < SHARES.length; start++) {
            SharedClassUnits found = from(problem, lasso, model, SHARES[start], seed + start);
            best = best == null || found.relativeGap() < best.relativeGap() ? found : best;
            if (best.relativeGap() <= relativeGap) {
                break;
            }
        }
        return Objects.requireNonNull(best);
    }

    private static SharedClassUnits from(
            NonnegativeProblem problem, LassoSolution lasso, LassoModel model, double share, long seed) {
        GroupUnits function = new GroupUnits(model);
        FaceDescent.End end = FaceDescent.from(
                function,
                function.start(lasso, share, seed),
                function.firstFeature(),
                function.endOfFeatures(),
                problem.free().mu());
        double[] x = end.vector();
        double value = function.linearize(x, new double[x.length]);
        double[] norms = new double[model.size()];
        Arrays.setAll(norms, a -> function.size(x, a));
        double largest = Vectors.maxAbs(norms);
        boolean[] alive = new boolean[norms.length];
        for (int a = 0; a < alive.length; a++) {
            alive[a] = norms[a] > DEAD * largest;
        }
        return new SharedClassUnits(
                problem,
                model,
                value,
                model.lowerBound(function.residual(), value),
                function.classifier(x),
                function.features(x),
                function.bias(x),
                alive);
    }

    @Override
    public Method method() {
        return Method.SHARED_UNITS;
    }

    @Override
    public int neededWidth() {
        return IntStream.range(0, alive.length)
                .filter(a -> alive[a])
                .map(a -> model.groups().sizes()[a])
                .sum();
    }

    @Override
    public double unrestrictedObjective() {
        return objective;
    }

    @Override
    public int[] survivingClasses() {
        ClassGroups groups = model.groups();
        boolean[] survives = new boolean[groups.groups()];
        for (int unit = 0; unit < survives.length; unit++) {
            for (int h = 0; h < survives.length; h++) {
                boolean serves = features.get(h, unit) > 0 && (h != unit || groups.sizes()[h] > 1);
                survives[h] |= alive[unit] && (serves || (h == unit && features.get(groups.groups(), unit) > 0));
            }
        }
        return IntStream.range(0, groups.classes())
                .filter(k -> survives[groups.groupOf()[k]])
                .toArray();
    }

    @Override
    public UfmPoint point() {
        UfmProblem free = problem.free();
        ClassGroups groups = model.groups();
        int classes = groups.classes();
        double ratio = Math.pow(free.lambdaH() / free.lambdaW(), 0.25);
        Matrix w = Matrix.zeros(classes, free.featureDimension());
        Matrix h = Matrix.zeros(free.featureDimension(), classes);
        double[] b = new double[classes];
        int unit = 0;
        for (int k = 0; k < classes; k++) {
            int a = groups.groupOf()[k];
            b[k] = bias[a];
            if (!alive[a]) {
                continue;
            }
            for (int j = 0; j < classes; j++) {
                int row = j == k ? groups.groups() : groups.groupOf()[j];
                w.set(j, unit, ratio * classifier.get(row, a));
                h.set(unit, j, features.get(row, a) / ratio);
            }
            unit++;
        }
        return new UfmPoint(w, h, b);
    }
}
