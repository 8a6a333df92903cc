package io.github.collapse4j.proof;

/**
 * A loss of a training with a dual point (docs/proof-format.md, “Losses of a training”): the residuals that it stands for
 * and their conjugate. Class k is the row, class j the column.
 */
abstract sealed class TrainedTerms permits SoftmaxTerms, SigmoidTerms, SquaredTerms {
    private final ExactModel model;
    private final TrainedLoss loss;
    private final Interval[] shares;
    private final Interval[] weights;
    private final Interval ofOther;
    private final Interval ofOwn;

    TrainedTerms(ExactModel model) {
        int n = model.groups();
        this.model = model;
        this.loss = model.trained().orElseThrow();
        this.shares = new Interval[n];
        this.weights = new Interval[n];
        Interval sum = Interval.ZERO;
        for (int k = 0; k < n; k++) {
            shares[k] = model.weight(k);
            sum = sum.plus(shares[k].times(loss.classWeights().get(k).interval()));
        }
        for (int k = 0; k < n; k++) {
            weights[k] = loss.classWeights().get(k).interval().dividedBy(sum);
        }
        Interval smoothing = loss.smoothing().interval();
        this.ofOther = smoothing.dividedBy(Interval.of(n));
        this.ofOwn = Interval.ONE.minus(smoothing).plus(ofOther);
    }

    /** The terms of a model's loss. */
    static TrainedTerms of(ExactModel model, DualPoint dual) throws NotProvedException {
        return switch (model.loss()) {
            case CROSS_ENTROPY -> new SoftmaxTerms(model, dual);
            case BINARY_CROSS_ENTROPY -> new SigmoidTerms(model, dual);
            case SQUARED_ERROR -> new SquaredTerms(model, dual);
        };
    }

    ExactModel model() {
        return model;
    }

    TrainedLoss loss() {
        return loss;
    }

    int classes() {
        return shares.length;
    }

    /** ν_j = n_j/N. */
    Interval share(int j) {
        return shares[j];
    }

    /** w_j, the relative weight of a class's samples. */
    Interval weight(int j) {
        return weights[j];
    }

    /** t_kj, the smoothed target. */
    Interval target(int k, int j) {
        return k == j ? ofOwn : ofOther;
    }

    /** ε/K, the smoothed target of every class but the own one. */
    Interval otherTarget() {
        return ofOther;
    }

    /** Changes the dual point so that the derivatives γ by a free bias vanish. */
    abstract void repair(Interval[] gamma) throws NotProvedException;

    /** ε_kj. */
    abstract Interval residual(int k, int j);

    /** An interval whose lower end is at most minus the conjugate of column j at a factor times its residuals. */
    abstract Interval minusConjugate(int j, Interval factor) throws NotProvedException;

    /** The loss of a sample of class j. */
    abstract Interval value(int j, Interval[] logits);
}
