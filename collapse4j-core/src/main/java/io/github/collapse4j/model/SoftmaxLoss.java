package io.github.collapse4j.model;

import io.github.collapse4j.linalg.DoubleInterval;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * {@code ω·(logsumexp(z + a) − ⟨t, z + a⟩)} with a distribution t, a weight ω and an offset a for each group:
 * cross-entropy with soft targets, label smoothing, class weights, logit adjustment and margins (docs/theory.md §10).
 * Created by {@link TrainingLoss}.
 *
 * <p>The target of a group's own output is 1 minus the others, so that the residuals of a column sum to exactly zero.
 */
public final class SoftmaxLoss implements Loss {
    /** {@code ω_m t_km}; where precision matters, that of the own output is computed from the others. */
    private final Entries wants;

    private final Entries offsets;
    private final double[] weights;
    private final int[] own;

    /** Bounds of the errors of targets and weights, relative, and of offsets, absolute. */
    private final double accuracy;

    private final double offsetError;

    SoftmaxLoss(Entries wants, Entries offsets, double[] weights, double accuracy, double offsetError) {
        this.wants = wants;
        this.offsets = offsets;
        this.weights = weights;
        this.accuracy = accuracy;
        this.offsetError = offsetError;
        this.own = wants.largestOutputs();
    }

    @Override
    public String name() {
        return "softmax cross-entropy";
    }

    private double shifted(Column column, double[] logits, int entry) {
        return logits[column.offset() + entry] + offsets.at(entry, column);
    }

    @Override
    public double value(Column column, double[] logits) {
        int length = column.length();
        double ownLogit = shifted(column, logits, column.own());
        double largest = largest(column, logits, ownLogit);
        double others = 0;
        double linear = 0;
        for (int h = 0; h < length; h++) {
            double count = column.multiplicity(h);
            if (h != column.own() && count != 0) {
                double z = shifted(column, logits, h);
                others += count * Math.exp(z - largest);
                linear += count * wants.at(h, column) * (ownLogit - z);
            }
        }
        return total(column, others, ownLogit - largest, linear);
    }

    @Override
    public double evaluate(Column column, double[] logits, double[] residual) {
        int offset = column.offset();
        int length = column.length();
        double ownLogit = shifted(column, logits, column.own());
        double largest = largest(column, logits, ownLogit);
        double others = 0;
        double linear = 0;
        for (int h = 0; h < length; h++) {
            double count = column.multiplicity(h);
            if (h == column.own() || count == 0) {
                residual[offset + h] = 0;
            } else {
                double z = shifted(column, logits, h);
                double mass = Math.exp(z - largest);
                residual[offset + h] = mass;
                others += count * mass;
                linear += count * wants.at(h, column) * (ownLogit - z);
            }
        }
        double factor = weights[column.group()] / (others + Math.exp(ownLogit - largest));
        double sum = 0;
        for (int h = 0; h < length; h++) {
            double count = column.multiplicity(h);
            if (h != column.own() && count != 0) {
                residual[offset + h] = factor * residual[offset + h] - wants.at(h, column);
                sum += count * residual[offset + h];
            }
        }
        residual[offset + column.own()] = -sum;
        return total(column, others, ownLogit - largest, linear);
    }

    private double largest(Column column, double[] logits, double ownLogit) {
        double largest = ownLogit;
        for (int h = 0; h < column.length(); h++) {
            if (h != column.own() && column.multiplicity(h) != 0) {
                double z = shifted(column, logits, h);
                largest = z > largest ? z : largest;
            }
        }
        return largest;
    }

    /** The loss relative to the own logit, from the sum of the other exponentials and the linear term of the target. */
    private double total(Column column, double others, double margin, double linear) {
        double surprise = margin == 0 ? Math.log1p(others) : Math.log(others + Math.exp(margin)) - margin;
        return weights[column.group()] * surprise + linear;
    }

    @Override
    public void curvature(Column column, double[] residual, double[] direction, double[] image) {
        int offset = column.offset();
        int own = column.own();
        double weight = weights[column.group()];
        double reference = direction[offset + own];
        double mean = 0;
        double masses = 0;
        for (int h = 0; h < column.length(); h++) {
            if (h != own && column.multiplicity(h) != 0) {
                double mass = column.multiplicity(h) * curvatureMass(column, residual, h);
                masses += mass;
                mean += mass / weight * (direction[offset + h] - reference);
            }
        }
        for (int h = 0; h < column.length(); h++) {
            if (h != own) {
                double mass = column.multiplicity(h) == 0 ? 0 : curvatureMass(column, residual, h);
                image[offset + h] = mass * (direction[offset + h] - reference - mean);
            }
        }
        image[offset + own] = -(weight - masses) * mean;
    }

    @Override
    public double conjugate(Column column, double[] residual, double scale) {
        double weight = weights[column.group()];
        double sum = 0;
        double taken = 0;
        for (int h = 0; h < column.length(); h++) {
            double count = column.multiplicity(h);
            double change = scale * residual[column.offset() + h];
            if (count != 0) {
                sum -= count * change * offsets.at(h, column);
                double q = h == column.own() ? 0 : wants.at(h, column) + change;
                if (q > 0) {
                    sum += count * q * Math.log(q / weight);
                    taken += count * q;
                }
            }
        }
        double left = weight - taken;
        return left > 0 ? sum + left * Math.log1p(-taken / weight) : sum;
    }

    @Override
    public double sensitivity(Column column, double[] residual, double scale) {
        double weight = weights[column.group()];
        double sum = 0;
        double taken = 0;
        for (int h = 0; h < column.length(); h++) {
            double count = column.multiplicity(h);
            if (count != 0) {
                double change = scale * Math.abs(residual[column.offset() + h]);
                sum += count * change * (1 + Math.abs(offsets.at(h, column)));
                if (h != column.own()) {
                    double q = Math.max(0, wants.at(h, column) + scale * residual[column.offset() + h]);
                    sum += count * change * logarithm(q / weight);
                    taken += count * q;
                }
            }
        }
        return sum + taken * (1 + logarithm(1 - taken / weight));
    }

    private static double logarithm(double q) {
        return q > 0 ? Math.abs(Math.log(q)) : CrossEntropy.LARGEST_LOGARITHM;
    }

    @Override
    public double rankOneCurvature(int group) {
        return 1 / weights[group];
    }

    @Override
    public double curvatureMass(Column column, double[] residual, int entry) {
        if (entry != column.own()) {
            return column.multiplicity(entry) == 0 ? 0 : residual[column.offset() + entry] + wants.at(entry, column);
        }
        double others = 0;
        for (int h = 0; h < column.length(); h++) {
            if (h != entry) {
                others += column.multiplicity(h) * curvatureMass(column, residual, h);
            }
        }
        return Math.max(0, weights[column.group()] - others);
    }

    @Override
    public double largestCurvature() {
        return 0.5 * Arrays.stream(weights).max().orElseThrow();
    }

    @Override
    public boolean isShiftInvariant() {
        return true;
    }

    @Override
    public boolean isOfClasses() {
        return wants instanceof Entries.OfClasses;
    }

    @Override
    public int outputs(int groups) {
        return wants.outputs();
    }

    @Override
    public int own(int group) {
        return own[group];
    }

    @Override
    public double target(int output, int group) {
        return wants.of(output, group) / weights[group];
    }

    @Override
    public double weight(int group) {
        return weights[group];
    }

    @Override
    public double[] parameters(int group) {
        return Traits.joined(wants.parameters(group), offsets.parameters(group), new double[] {weights[group]});
    }

    @Override
    public double[] traits(int label) {
        if (wants instanceof Entries.OfClasses ofWants && offsets instanceof Entries.OfClasses ofOffsets) {
            return Traits.joined(ofWants.traits(label), ofOffsets.traits(label), new double[] {weights[label]});
        }
        return new double[] {label};
    }

    @Override
    public Loss merged(int[][] members) {
        return new SoftmaxLoss(
                ((Entries.OfClasses) wants).merged(members),
                ((Entries.OfClasses) offsets).merged(members),
                Entries.OfClasses.means(weights, members),
                accuracy,
                offsetError);
    }

    /** Encloses {@code ω t} of an entry. */
    public DoubleInterval wanted(Column column, int entry) {
        return DoubleInterval.around(wants.at(entry, column), accuracy);
    }

    /** Encloses the offset of an entry. */
    public DoubleInterval offset(Column column, int entry) {
        return DoubleInterval.within(offsets.at(entry, column), offsetError);
    }

    /** Encloses ω of a column. */
    public DoubleInterval weightOf(Column column) {
        return DoubleInterval.around(weights[column.group()], accuracy);
    }

    /**
     * With u the target for another class and m the margin: {@code p = u + μ√n/ω}, {@code s = m + log(1/p − (K − 1))}.
     */
    @Override
    public OptionalDouble balancedScale(int classes, double reach) {
        if (!(wants instanceof Entries.OfClasses ofWants) || !(offsets instanceof Entries.OfClasses ofOffsets)) {
            return OptionalDouble.empty();
        }
        double weight = Arrays.stream(weights).average().orElseThrow();
        double other = Arrays.stream(ofWants.others()).average().orElseThrow()
                * Arrays.stream(ofWants.classes()).average().orElseThrow();
        double p = (other + reach) / weight;
        double margin = ofOffsets.ofEqual(0) - ofOffsets.own()[0];
        return OptionalDouble.of(
                p * (classes - 1) >= 1 ? 0 : Math.max(0, margin + Math.log((1 - p * (classes - 1)) / p)));
    }

    /** Without a margin two exchangeable classes differ at equal logits only in their targets. */
    @Override
    public OptionalDouble collapseThreshold(int label) {
        return wants instanceof Entries.OfClasses ofWants
                        && offsets instanceof Entries.OfClasses ofOffsets
                        && ofOffsets.own()[label] == ofOffsets.ofEqual(label)
                ? OptionalDouble.of(ofWants.own()[label] - ofWants.ofEqual(label))
                : OptionalDouble.empty();
    }

    @Override
    public double largestFreeBias(ClassCounts counts, double nuclear, double smallestCount) {
        double[] wanted = wants.sums(counts);
        double smallest = Arrays.stream(wanted).min().orElseThrow()
                / Arrays.stream(wanted).sum();
        double spread = offsets.largest() - offsets.smallest();
        return (spread - Math.log(smallest) + Math.sqrt(2) * nuclear / Math.sqrt(smallestCount)) / 2;
    }

    @Override
    public void check(ClassCounts counts, boolean free) {
        Traits.requireGroups(weights.length, counts);
        double[] wanted = free ? wants.sums(counts) : new double[0];
        for (int k = 0; k < wanted.length; k++) {
            if (!(wanted[k] > 0)) {
                throw new IllegalArgumentException(
                        "targets: with a free bias every class has to be wanted by some sample,"
                                + " or its bias falls without end; found none for class " + k);
            }
        }
    }
}
