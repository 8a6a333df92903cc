package io.github.collapse4j.model;

import io.github.collapse4j.linalg.DoubleInterval;
import io.github.collapse4j.linalg.Matrix;
import java.util.OptionalDouble;

/**
 * {@code Σ_k (c_k·softplus(z_k) − u_k z_k)}, 0 ≤ u ≤ c: a binary cross-entropy for each output, summed over the outputs
 * (docs/theory.md §10). Stored as u, the weight of {@code softplus(−z)}, and c − u, that of {@code softplus(z)}, so
 * that confident samples keep full relative precision. Created by {@link TrainingLoss}.
 */
public final class SigmoidLoss implements Loss {
    private static final double ROUND_OFF = 0x1p-48;

    /** Weights u of softplus(−z), at least 0. */
    private final Entries positive;

    /** Weights c − u of softplus(z), at least 0. */
    private final Entries negative;

    private final int[] own;

    /** A bound of the relative errors of both. */
    private final double accuracy;

    SigmoidLoss(Entries positive, Entries negative, double accuracy) {
        this.positive = positive;
        this.negative = negative;
        this.accuracy = accuracy;
        this.own = positive.largestOutputs();
    }

    static Loss ofClasses(TrainingLoss loss, double[] weights) {
        int classes = weights.length;
        double[] positives = loss.positiveWeights(classes);
        double smoothing = loss.smoothing();
        double other = smoothing / classes;
        double[] up = new double[classes];
        double[] down = new double[classes];
        double[] outputs = new double[classes];
        double[] rest = new double[classes];
        for (int k = 0; k < classes; k++) {
            outputs[k] = positives[k] * other;
            rest[k] = 1 - other;
            up[k] = weights[k] * positives[k] * (1 - smoothing + other);
            down[k] = weights[k] * smoothing * (1 - 1.0 / classes);
        }
        return new SigmoidLoss(
                new Entries.OfClasses(outputs, weights, up),
                new Entries.OfClasses(rest, weights, down),
                loss.accuracy(weights));
    }

    static Loss ofTargets(TrainingLoss loss, Matrix targets, double[] weights) {
        int outputs = targets.rows();
        int groups = targets.columns();
        double[] positives = loss.positiveWeights(outputs);
        double smoothing = loss.smoothing();
        Entries smoothed = loss.smoothed(targets);
        return new SigmoidLoss(
                Entries.Table.of(outputs, groups, (k, m) -> weights[k] * positives[k] * smoothed.of(k, m)),
                Entries.Table.of(
                        outputs,
                        groups,
                        (k, m) -> weights[k]
                                * ((1 - smoothing) * (1 - targets.get(k, m)) + smoothing * (1 - 1.0 / outputs))),
                loss.accuracy(outputs));
    }

    @Override
    public String name() {
        return "sigmoid cross-entropy";
    }

    @Override
    public double value(Column column, double[] logits) {
        double sum = 0;
        for (int h = 0; h < column.length(); h++) {
            double count = column.multiplicity(h);
            if (count != 0) {
                double z = logits[column.offset() + h];
                sum += count * (positive.at(h, column) * softplus(-z) + negative.at(h, column) * softplus(z));
            }
        }
        return sum;
    }

    private static double softplus(double z) {
        return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
    }

    @Override
    public double evaluate(Column column, double[] logits, double[] residual) {
        for (int h = 0; h < column.length(); h++) {
            double e = 0;
            if (column.multiplicity(h) != 0) {
                double z = logits[column.offset() + h];
                double small = Math.exp(-Math.abs(z));
                double large = 1 / (1 + small);
                double up = z >= 0 ? large : small * large;
                double down = z >= 0 ? small * large : large;
                e = negative.at(h, column) * up - positive.at(h, column) * down;
            }
            residual[column.offset() + h] = e;
        }
        return value(column, logits);
    }

    @Override
    public void curvature(Column column, double[] residual, double[] direction, double[] image) {
        for (int h = 0; h < column.length(); h++) {
            image[column.offset() + h] = column.multiplicity(h) == 0
                    ? 0
                    : curvatureMass(column, residual, h) * direction[column.offset() + h];
        }
    }

    @Override
    public double conjugate(Column column, double[] residual, double scale) {
        double sum = 0;
        for (int h = 0; h < column.length(); h++) {
            double c = positive.at(h, column) + negative.at(h, column);
            if (column.multiplicity(h) != 0 && c > 0) {
                double change = scale * residual[column.offset() + h];
                double q = (positive.at(h, column) + change) / c;
                double r = (negative.at(h, column) - change) / c;
                sum += column.multiplicity(h) * c * (timesLogarithm(q, r) + timesLogarithm(r, q));
            }
        }
        return sum;
    }

    /** {@code q·log q}, where {@code q + r = 1} and the smaller of the two is more precise. */
    private static double timesLogarithm(double q, double r) {
        return q <= 0 ? 0 : q * (q < 0.5 ? Math.log(q) : Math.log1p(-r));
    }

    @Override
    public double sensitivity(Column column, double[] residual, double scale) {
        double sum = 0;
        for (int h = 0; h < column.length(); h++) {
            double c = positive.at(h, column) + negative.at(h, column);
            if (column.multiplicity(h) != 0 && c > 0) {
                double change = scale * residual[column.offset() + h];
                double q = (positive.at(h, column) + change) / c;
                double r = (negative.at(h, column) - change) / c;
                sum += column.multiplicity(h)
                        * Math.abs(change)
                        * (2 + CrossEntropy.sizeOfLogarithm(q) + CrossEntropy.sizeOfLogarithm(r));
            }
        }
        return sum;
    }

    @Override
    public double rankOneCurvature(int group) {
        return 0;
    }

    /** {@code c·σ(z)·σ(−z)}, from {@code e + u = c·σ(z)} and {@code (c − u) − e = c·σ(−z)}. */
    @Override
    public double curvatureMass(Column column, double[] residual, int entry) {
        double e = residual[column.offset() + entry];
        double up = positive.at(entry, column);
        double down = negative.at(entry, column);
        return up + down == 0 ? 0 : Math.max(0, (e + up) * ((down - e) / (up + down)));
    }

    @Override
    public double largestCurvature() {
        return (positive.largest() + negative.largest()) / 4;
    }

    @Override
    public boolean isShiftInvariant() {
        return false;
    }

    @Override
    public boolean isOfClasses() {
        return positive.isOfClasses();
    }

    @Override
    public int outputs(int groups) {
        return positive.outputs();
    }

    @Override
    public int own(int group) {
        return own[group];
    }

    @Override
    public double target(int output, int group) {
        double up = positive.of(output, group);
        return up == 0 ? 0 : up / (up + negative.of(output, group));
    }

    @Override
    public double weight(int group) {
        double sum = 0;
        for (int k = 0; k < positive.outputs(); k++) {
            sum += positive.of(k, group) + negative.of(k, group);
        }
        return sum / positive.outputs();
    }

    @Override
    public double[] parameters(int group) {
        return Traits.joined(positive.parameters(group), negative.parameters(group));
    }

    @Override
    public double[] traits(int label) {
        return Traits.joined(positive.traits(label), negative.traits(label));
    }

    @Override
    public Loss merged(int[][] members) {
        return new SigmoidLoss(positive.merged(members), negative.merged(members), accuracy);
    }

    /** Encloses u of an entry. */
    public DoubleInterval positive(Column column, int entry) {
        return DoubleInterval.around(positive.at(entry, column), accuracy);
    }

    /** Encloses {@code c − u} of an entry. */
    public DoubleInterval negative(Column column, int entry) {
        return DoubleInterval.around(negative.at(entry, column), accuracy);
    }

    @Override
    public OptionalDouble balancedScale(int classes, double reach) {
        return OptionalDouble.empty();
    }

    /** The threshold depends on no logit if the own output gains as much by rising as it loses by falling. */
    @Override
    public OptionalDouble collapseThreshold(int label) {
        OptionalDouble gain = positive.advantage(label);
        OptionalDouble loss = negative.advantage(label);
        return gain.isPresent()
                        && loss.isPresent()
                        && Math.abs(gain.getAsDouble() + loss.getAsDouble()) <= ROUND_OFF * gain.getAsDouble()
                ? gain
                : OptionalDouble.empty();
    }

    /**
     * If ∇g·1 = 0, {@code Σ n (c − u) σ(z) = Σ n u σ(−z)} for each output. All its logits lie within ρ = ‖R‖/√n of its
     * bias; if they were above t ≥ 0, the left side would be at least {@code ½Σ n (c − u)}, the right at most
     * {@code e^{−t}Σ n u}.
     */
    @Override
    public double largestFreeBias(ClassCounts counts, double nuclear, double smallestCount) {
        double largest = 0;
        double[] up = positive.sums(counts);
        double[] down = negative.sums(counts);
        for (int k = 0; k < up.length; k++) {
            double ratio = up[k] / down[k];
            largest = Math.max(largest, Math.log(2) + Math.abs(Math.log(ratio)));
        }
        return largest + nuclear / Math.sqrt(smallestCount);
    }

    @Override
    public void check(ClassCounts counts, boolean free) {
        Traits.requireGroups(positive.groups(), counts);
        double[] up = positive.sums(counts);
        double[] down = negative.sums(counts);
        for (int k = 0; free && k < up.length; k++) {
            boolean wanted = up[k] > 0;
            if (!wanted || !(down[k] > 0)) {
                throw new IllegalArgumentException(
                        "targets: with a free bias every output has to be both wanted and not"
                                + " wanted by some sample, or its bias grows without end; found output " + k + " "
                                + (wanted ? "always" : "never") + " wanted");
            }
        }
    }
}
