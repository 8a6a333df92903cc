package io.github.collapse4j.proof;

import java.util.Arrays;
import java.util.Optional;

/**
 * The loss of a sample of each group j as a function of its logits (docs/proof-format.md, “Losses of a training”).
 * Plain losses are those without smoothing and with equal weights.
 *
 * <p>A column has an entry for each class, or output. If groups have several classes, it has one for all
 * <em>other</em> classes of each group, which counts as many times, and last that of the class itself.
 */
abstract sealed class SampleLoss permits SoftmaxSampleLoss, SigmoidSampleLoss, SquaredSampleLoss {
    private final long[] sizes;
    private final int rows;
    private final boolean grouped;
    private final Interval[] shares;
    private final Interval[] weights;
    private final Interval smoothing;
    private final Interval ofOther;
    private final Interval ofOwn;
    private final Optional<Interval[][]> targets;

    SampleLoss(ExactModel model) {
        int n = model.groups();
        this.sizes = model.sizes();
        this.rows = model.rows();
        this.grouped = model.isGrouped();
        Optional<TrainedLoss> loss = model.trained();
        this.shares = new Interval[n];
        Arrays.setAll(shares, model::weight);
        this.weights = new Interval[rows];
        Arrays.fill(weights, Interval.ONE);
        loss.ifPresent(
                one -> Arrays.setAll(weights, k -> one.classWeights().get(k).interval()));
        if (loss.isPresent() && model.targets().isEmpty()) {
            ProductSum mean = new ProductSum();
            for (int k = 0; k < n; k++) {
                mean.add(shares[k].times(sizes[k]), weights[k]);
            }
            Interval all = mean.value();
            Arrays.setAll(weights, k -> weights[k].dividedBy(all));
        }
        this.smoothing = loss.map(one -> one.smoothing().interval()).orElse(Interval.ZERO);
        this.ofOther = smoothing.dividedBy(Interval.of(model.classes()));
        this.ofOwn = Interval.ONE.minus(smoothing).plus(ofOther);
        this.targets = model.targets().map(Derivatives::intervals);
    }

    /** The loss of a model. */
    static SampleLoss of(ExactModel model) {
        return switch (model.loss()) {
            case CROSS_ENTROPY -> new SoftmaxSampleLoss(model);
            case BINARY_CROSS_ENTROPY -> new SigmoidSampleLoss(model);
            case SQUARED_ERROR -> new SquaredSampleLoss(model);
        };
    }

    /** The number of groups of samples. */
    int columns() {
        return shares.length;
    }

    /** The number of classes, of groups of classes, or of outputs. */
    int rows() {
        return rows;
    }

    /** The number of entries of a column. */
    int entries() {
        return grouped ? rows + 1 : rows;
    }

    /** The row that entry e of a column belongs to. */
    int row(int e, int j) {
        return e == rows ? j : e;
    }

    /** Whether an entry is that of the sample's own class. */
    boolean isOwn(int e, int j) {
        return grouped ? e == rows : e == j && targets.isEmpty();
    }

    /** The number of classes that entry e stands for. */
    long multiplicity(int e, int j) {
        return isOwn(e, j) ? 1 : size(e) - (grouped && e == j ? 1 : 0);
    }

    /** The number of classes of a row. */
    long size(int row) {
        return grouped ? sizes[row] : 1;
    }

    /** ν_j, the share of the samples of one class of group j. */
    Interval share(int j) {
        return shares[j];
    }

    /** The share of the samples of all classes of group j. */
    Interval shareOfGroup(int j) {
        return shares[j].times(sizes[j]);
    }

    /** A number for each entry of each column. */
    @FunctionalInterface
    interface Entry {
        Interval at(int e, int j);
    }

    /** {@code Σ_j ν_j x_j} over all samples, for one class of a row. */
    Interval rowMean(int row, Entry x) {
        ProductSum sum = new ProductSum();
        for (int j = 0; j < columns(); j++) {
            long others = sizes[j] - (grouped && j == row ? 1 : 0);
            if (others > 0) {
                sum.add(shares[j].times(others), x.at(row, j));
            }
        }
        if (grouped) {
            sum.add(shares[row], x.at(rows, row));
        }
        return sum.value();
    }

    /** w_k, the relative weight of a class, or of an output; 1 in a plain loss. */
    Interval weight(int row) {
        return weights[row];
    }

    /** The factor of an entry of a sum over outputs: that of the sample's class, or of the output if it has none. */
    Interval weight(int e, int j) {
        return weights[targets.isPresent() ? e : j];
    }

    /** ε of label smoothing. */
    Interval smoothing() {
        return smoothing;
    }

    /** ε/K. */
    Interval smoothed() {
        return ofOther;
    }

    boolean hasTargets() {
        return targets.isPresent();
    }

    /** The smoothed target of an entry. */
    Interval target(int e, int j) {
        return targets.map(given ->
                        Interval.ONE.minus(smoothing).times(given[j][e]).plus(ofOther))
                .orElseGet(() -> isOwn(e, j) ? ofOwn : ofOther);
    }

    /** The share of the samples of one class, or the mean target of an output before smoothing. */
    Interval frequency(int row) {
        return targets.map(given -> rowMean(row, (e, j) -> given[j][e])).orElseGet(() -> shares[row]);
    }

    /** The loss of a sample of group j at its logits. */
    abstract LossAt at(int j, Interval[] logits);

    /** Bounds |ℓ'''[u, u, u]| for unit vectors u and all logits. */
    abstract Interval thirdDerivative(int j);

    /** Bounds |ℓ''[u, v]| for unit vectors u and v and all logits. */
    abstract Interval secondDerivative(int j);

    /** The mean loss for the logits of each group. */
    Interval mean(Interval[][] logits) {
        ProductSum sum = new ProductSum();
        for (int j = 0; j < columns(); j++) {
            sum.add(shareOfGroup(j), at(j, logits[j]).value());
        }
        return sum.value();
    }
}
