package io.github.collapse4j.model;

import io.github.collapse4j.linalg.DoubleInterval;
import io.github.collapse4j.linalg.Matrix;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * {@code ½Σ_k ω_k(z_k − t_k)²} with a target t for each group and weights ω, which are those of the group if it is a
 * class, and those of the outputs if it has a target of its own (docs/theory.md §10). Created by {@link TrainingLoss}.
 */
public final class SquaredLoss implements Loss {
    private final Entries targets;
    private final Entries weights;
    private final int[] own;

    /** A bound of the relative errors of both. */
    private final double accuracy;

    SquaredLoss(Entries targets, Entries weights, double accuracy) {
        this.targets = targets;
        this.weights = weights;
        this.accuracy = accuracy;
        this.own = targets.largestOutputs();
    }

    static Loss ofClasses(TrainingLoss loss, double[] weights) {
        int classes = weights.length;
        if (loss.isUnweighted(weights)) {
            return new SquaredError();
        }
        double other = loss.smoothing() / classes;
        double[] own = new double[classes];
        Arrays.fill(own, 1 - loss.smoothing() + other);
        return new SquaredLoss(
                Entries.OfClasses.of(other, own), Entries.OfClasses.ofColumns(weights), loss.accuracy(weights));
    }

    static Loss ofTargets(TrainingLoss loss, Matrix targets, double[] weights) {
        return new SquaredLoss(
                loss.smoothed(targets),
                Entries.Table.of(targets.rows(), targets.columns(), (k, m) -> weights[k]),
                loss.accuracy(weights.length));
    }

    @Override
    public String name() {
        return "squared error to targets";
    }

    @Override
    public double value(Column column, double[] logits) {
        double sum = 0;
        for (int h = 0; h < column.length(); h++) {
            if (column.multiplicity(h) != 0) {
                double difference = logits[column.offset() + h] - targets.at(h, column);
                sum += column.multiplicity(h) * weights.at(h, column) * difference * difference;
            }
        }
        return sum / 2;
    }

    @Override
    public double evaluate(Column column, double[] logits, double[] residual) {
        for (int h = 0; h < column.length(); h++) {
            int at = column.offset() + h;
            residual[at] =
                    column.multiplicity(h) == 0 ? 0 : weights.at(h, column) * (logits[at] - targets.at(h, column));
        }
        return value(column, logits);
    }

    @Override
    public void curvature(Column column, double[] residual, double[] direction, double[] image) {
        for (int h = 0; h < column.length(); h++) {
            int at = column.offset() + h;
            image[at] = column.multiplicity(h) == 0 ? 0 : weights.at(h, column) * direction[at];
        }
    }

    @Override
    public double conjugate(Column column, double[] residual, double scale) {
        double sum = 0;
        for (int h = 0; h < column.length(); h++) {
            if (column.multiplicity(h) != 0) {
                double change = scale * residual[column.offset() + h];
                sum += column.multiplicity(h)
                        * (change * change / (2 * weights.at(h, column)) + change * targets.at(h, column));
            }
        }
        return sum;
    }

    @Override
    public double sensitivity(Column column, double[] residual, double scale) {
        double sum = 0;
        for (int h = 0; h < column.length(); h++) {
            if (column.multiplicity(h) != 0) {
                double change = scale * Math.abs(residual[column.offset() + h]);
                sum += column.multiplicity(h)
                        * change
                        * (change / weights.at(h, column) + 2 * Math.abs(targets.at(h, column)));
            }
        }
        return sum;
    }

    @Override
    public double rankOneCurvature(int group) {
        return 0;
    }

    @Override
    public double curvatureMass(Column column, double[] residual, int entry) {
        return weights.at(entry, column);
    }

    @Override
    public double largestCurvature() {
        return weights.largest();
    }

    @Override
    public boolean isShiftInvariant() {
        return false;
    }

    @Override
    public boolean isQuadratic() {
        return isOfClasses() || weights.largest() == weights.smallest();
    }

    @Override
    public boolean isIsotropic() {
        return weights.largest() == 1 && weights.smallest() == 1;
    }

    @Override
    public boolean isOfClasses() {
        return targets.isOfClasses();
    }

    @Override
    public int outputs(int groups) {
        return targets.outputs();
    }

    @Override
    public int own(int group) {
        return own[group];
    }

    @Override
    public double target(int output, int group) {
        return targets.of(output, group);
    }

    /** That of the own output, where outputs have weights of their own. */
    @Override
    public double weight(int group) {
        return weights.of(own[group], group);
    }

    @Override
    public double[] parameters(int group) {
        return Traits.joined(targets.parameters(group), weights.parameters(group));
    }

    @Override
    public double[] traits(int label) {
        return Traits.joined(targets.traits(label), weights.traits(label));
    }

    @Override
    public Loss merged(int[][] members) {
        return new SquaredLoss(targets.merged(members), weights.merged(members), accuracy);
    }

    /** Encloses the target of an entry. */
    public DoubleInterval target(Column column, int entry) {
        return DoubleInterval.around(targets.at(entry, column), accuracy);
    }

    /** Encloses the weight of a column's own output. */
    public DoubleInterval weightOf(Column column) {
        return weightOf(own[column.group()], column.group());
    }

    /** Encloses the weight of an output for a group. */
    public DoubleInterval weightOf(int output, int group) {
        return DoubleInterval.around(weights.of(output, group), accuracy);
    }

    @Override
    public OptionalDouble balancedScale(int classes, double reach) {
        return OptionalDouble.empty();
    }

    /** At equal logits two exchangeable classes differ only in their targets. */
    @Override
    public OptionalDouble collapseThreshold(int label) {
        OptionalDouble advantage = targets.advantage(label);
        return advantage.isEmpty() ? advantage : OptionalDouble.of(weights.of(label, label) * advantage.getAsDouble());
    }

    /** If ∇g·1 = 0, b is a mean of the vectors t − Rh/√n. */
    @Override
    public double largestFreeBias(ClassCounts counts, double nuclear, double smallestCount) {
        double largest = Math.max(targets.largest(), -targets.smallest());
        return isIsotropic() ? largest : largest + nuclear / Math.sqrt(smallestCount);
    }

    @Override
    public void check(ClassCounts counts, boolean free) {
        Traits.requireGroups(targets.groups(), counts);
    }
}
