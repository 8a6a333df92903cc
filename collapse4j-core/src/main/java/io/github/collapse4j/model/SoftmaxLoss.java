package io.github.collapse4j.model;

import io.github.collapse4j.linalg.DoubleInterval;
import io.github.collapse4j.linalg.Matrix;
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
    private final SoftmaxTargets targets;
    private final LogitOffsets offsets;
    private final int[] own;
    private final SoftmaxConjugate conjugate;

    SoftmaxLoss(SoftmaxTargets targets, LogitOffsets offsets) {
        this.targets = targets;
        this.offsets = offsets;
        this.own = targets.wants().largestOutputs();
        this.conjugate = new SoftmaxConjugate(targets, offsets);
    }

    static Loss ofClasses(TrainingLoss loss, ClassCounts counts, double[] weights) {
        return loss.isUnweighted(weights) && LogitOffsets.areEqual(loss, counts)
                ? new CrossEntropy()
                : new SoftmaxLoss(SoftmaxTargets.ofClasses(loss, weights), LogitOffsets.ofClasses(loss, counts));
    }

    static Loss ofTargets(TrainingLoss loss, Matrix targets, double[] weights) {
        return new SoftmaxLoss(
                SoftmaxTargets.of(loss, targets, weights),
                LogitOffsets.ofTargets(loss, targets.rows(), targets.columns()));
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
                linear += count * targets.wants().at(h, column) * (ownLogit - z);
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
                linear += count * targets.wants().at(h, column) * (ownLogit - z);
            }
        }
        double factor = targets.weight(column) / (others + Math.exp(ownLogit - largest));
        double sum = 0;
        for (int h = 0; h < length; h++) {
            double count = column.multiplicity(h);
            if (h != column.own() && count != 0) {
                residual[offset + h] =
                        factor * residual[offset + h] - targets.wants().at(h, column);
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
        return targets.weight(column) * surprise + linear;
    }

    @Override
    public void curvature(Column column, double[] residual, double[] direction, double[] image) {
        int offset = column.offset();
        int own = column.own();
        double weight = targets.weight(column);
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
        return conjugate.value(column, residual, scale);
    }

    @Override
    public double sensitivity(Column column, double[] residual, double scale) {
        return conjugate.sensitivity(column, residual, scale);
    }

    @Override
    public double rankOneCurvature(int group) {
        return 1 / targets.weights()[group];
    }

    @Override
    public double curvatureMass(Column column, double[] residual, int entry) {
        if (entry != column.own()) {
            return column.multiplicity(entry) == 0
                    ? 0
                    : residual[column.offset() + entry] + targets.wants().at(entry, column);
        }
        double others = 0;
        for (int h = 0; h < column.length(); h++) {
            if (h != entry) {
                others += column.multiplicity(h) * curvatureMass(column, residual, h);
            }
        }
        return Math.max(0, targets.weight(column) - others);
    }

    @Override
    public double largestCurvature() {
        return 0.5 * Arrays.stream(targets.weights()).max().orElseThrow();
    }

    @Override
    public boolean isShiftInvariant() {
        return true;
    }

    @Override
    public boolean isOfClasses() {
        return targets.wants().isOfClasses();
    }

    @Override
    public int outputs(int groups) {
        return targets.wants().outputs();
    }

    @Override
    public int own(int group) {
        return own[group];
    }

    @Override
    public double target(int output, int group) {
        return targets.wants().of(output, group) / targets.weights()[group];
    }

    @Override
    public double weight(int group) {
        return targets.weights()[group];
    }

    @Override
    public double[] parameters(int group) {
        return Traits.joined(
                targets.wants().parameters(group),
                offsets.entries().parameters(group),
                new double[] {targets.weights()[group]});
    }

    @Override
    public double[] traits(int label) {
        return Traits.joined(
                targets.wants().traits(label), offsets.entries().traits(label), new double[] {targets.weights()[label]
                });
    }

    @Override
    public Loss merged(int[][] members) {
        return new SoftmaxLoss(targets.merged(members), offsets.merged(members));
    }

    /** Encloses {@code ω t} of an entry. */
    public DoubleInterval wanted(Column column, int entry) {
        return DoubleInterval.around(targets.wants().at(entry, column), targets.accuracy());
    }

    /** Encloses the offset of an entry. */
    public DoubleInterval offset(Column column, int entry) {
        return DoubleInterval.within(offsets.at(entry, column), offsets.error());
    }

    /** Encloses ω of a column. */
    public DoubleInterval weightOf(Column column) {
        return DoubleInterval.around(targets.weight(column), targets.accuracy());
    }

    /**
     * With u the target for another class and m the margin: {@code p = u + μ√n/ω}, {@code s = m + log(1/p − (K − 1))}.
     */
    @Override
    public OptionalDouble balancedScale(int classes, double reach) {
        if (!(targets.wants() instanceof Entries.OfClasses ofWants)) {
            return OptionalDouble.empty();
        }
        double weight = Arrays.stream(targets.weights()).average().orElseThrow();
        double other = Arrays.stream(ofWants.others()).average().orElseThrow()
                * Arrays.stream(ofWants.classes()).average().orElseThrow();
        double p = (other + reach) / weight;
        double margin = -offsets.entries().advantage(0).orElseThrow();
        return OptionalDouble.of(
                p * (classes - 1) >= 1 ? 0 : Math.max(0, margin + Math.log((1 - p * (classes - 1)) / p)));
    }

    /** Without a margin two exchangeable classes differ at equal logits only in their targets. */
    @Override
    public OptionalDouble collapseThreshold(int label) {
        OptionalDouble margin = offsets.entries().advantage(label);
        return margin.isPresent() && margin.getAsDouble() == 0
                ? targets.wants().advantage(label)
                : OptionalDouble.empty();
    }

    @Override
    public double largestFreeBias(ClassCounts counts, double nuclear, double smallestCount) {
        double[] wanted = targets.wants().sums(counts);
        double smallest = Arrays.stream(wanted).min().orElseThrow()
                / Arrays.stream(wanted).sum();
        double spread = offsets.entries().largest() - offsets.entries().smallest();
        return (spread - Math.log(smallest) + Math.sqrt(2) * nuclear / Math.sqrt(smallestCount)) / 2;
    }

    @Override
    public void check(ClassCounts counts, boolean free) {
        Traits.requireGroups(targets.weights().length, counts);
        double[] wanted = free ? targets.wants().sums(counts) : new double[0];
        for (int k = 0; k < wanted.length; k++) {
            if (!(wanted[k] > 0)) {
                throw new IllegalArgumentException(
                        "targets: with a free bias every class has to be wanted by some sample,"
                                + " or its bias falls without end; found none for class " + k);
            }
        }
    }
}
