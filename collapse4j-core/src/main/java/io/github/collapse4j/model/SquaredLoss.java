package io.github.collapse4j.model;

import io.github.collapse4j.linalg.DoubleInterval;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * {@code ω·½‖z − t‖²} with a target t and a weight ω for each group (docs/theory.md §10). Created by
 * {@link TrainingLoss}.
 */
public final class SquaredLoss implements Loss {
    private final Entries targets;
    private final double[] weights;
    private final int[] own;

    /** A bound of the relative errors of both. */
    private final double accuracy;

    SquaredLoss(Entries targets, double[] weights, double accuracy) {
        this.targets = targets;
        this.weights = weights;
        this.accuracy = accuracy;
        this.own = targets.largestOutputs();
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
                sum += column.multiplicity(h) * difference * difference;
            }
        }
        return weights[column.group()] * sum / 2;
    }

    @Override
    public double evaluate(Column column, double[] logits, double[] residual) {
        for (int h = 0; h < column.length(); h++) {
            int at = column.offset() + h;
            residual[at] =
                    column.multiplicity(h) == 0 ? 0 : weights[column.group()] * (logits[at] - targets.at(h, column));
        }
        return value(column, logits);
    }

    @Override
    public void curvature(Column column, double[] residual, double[] direction, double[] image) {
        for (int h = 0; h < column.length(); h++) {
            int at = column.offset() + h;
            image[at] = column.multiplicity(h) == 0 ? 0 : weights[column.group()] * direction[at];
        }
    }

    @Override
    public double conjugate(Column column, double[] residual, double scale) {
        double sum = 0;
        for (int h = 0; h < column.length(); h++) {
            if (column.multiplicity(h) != 0) {
                double change = scale * residual[column.offset() + h];
                sum += column.multiplicity(h)
                        * (change * change / (2 * weights[column.group()]) + change * targets.at(h, column));
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
                        * (change / weights[column.group()] + 2 * Math.abs(targets.at(h, column)));
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
        return weights[column.group()];
    }

    @Override
    public double largestCurvature() {
        return Arrays.stream(weights).max().orElseThrow();
    }

    @Override
    public boolean isShiftInvariant() {
        return false;
    }

    @Override
    public boolean isQuadratic() {
        return true;
    }

    @Override
    public boolean isIsotropic() {
        return Arrays.stream(weights).allMatch(weight -> weight == 1);
    }

    @Override
    public boolean isOfClasses() {
        return targets instanceof Entries.OfClasses;
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

    @Override
    public double weight(int group) {
        return weights[group];
    }

    @Override
    public double[] parameters(int group) {
        return Traits.joined(targets.parameters(group), new double[] {weights[group]});
    }

    @Override
    public double[] traits(int label) {
        return targets instanceof Entries.OfClasses ofClasses
                ? Traits.joined(ofClasses.traits(label), new double[] {weights[label]})
                : new double[] {label};
    }

    @Override
    public Loss merged(int[][] members) {
        return new SquaredLoss(
                ((Entries.OfClasses) targets).merged(members), Entries.OfClasses.means(weights, members), accuracy);
    }

    /** Encloses the target of an entry. */
    public DoubleInterval target(Column column, int entry) {
        return DoubleInterval.around(targets.at(entry, column), accuracy);
    }

    /** Encloses the weight of a column. */
    public DoubleInterval weightOf(Column column) {
        return DoubleInterval.around(weights[column.group()], accuracy);
    }

    @Override
    public OptionalDouble balancedScale(int classes, double reach) {
        return OptionalDouble.empty();
    }

    /** At equal logits two exchangeable classes differ only in their targets. */
    @Override
    public OptionalDouble collapseThreshold(int label) {
        return targets instanceof Entries.OfClasses ofClasses
                ? OptionalDouble.of(weights[label] * (ofClasses.own()[label] - ofClasses.ofEqual(label)))
                : OptionalDouble.empty();
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
