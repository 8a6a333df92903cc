package io.github.collapse4j.proof;

import java.util.Optional;

/**
 * The loss of a sample of each class as a function of its logits, in an ungrouped model (docs/proof-format.md, “Losses of a
 * training”). Plain losses are those without smoothing and with equal weights. Class k is the output, class j the sample's.
 */
abstract sealed class SampleLoss permits SoftmaxLoss, SigmoidLoss, SquaredLoss {
    private final Interval[] shares;
    private final Interval[] weights;
    private final Interval smoothing;
    private final Interval ofOther;
    private final Interval ofOwn;

    SampleLoss(ExactModel model) {
        int n = model.groups();
        Optional<TrainedLoss> loss = model.trained();
        this.shares = new Interval[n];
        this.weights = new Interval[n];
        for (int k = 0; k < n; k++) {
            shares[k] = model.weight(k);
            weights[k] = loss.isPresent() ? loss.get().classWeights().get(k).interval() : Interval.ONE;
        }
        if (loss.isPresent()) {
            Interval mean = ProductSum.dot(shares, weights);
            for (int k = 0; k < n; k++) {
                weights[k] = weights[k].dividedBy(mean);
            }
        }
        this.smoothing = loss.map(one -> one.smoothing().interval()).orElse(Interval.ZERO);
        this.ofOther = smoothing.dividedBy(Interval.of(n));
        this.ofOwn = Interval.ONE.minus(smoothing).plus(ofOther);
    }

    /** The loss of a model. */
    static SampleLoss of(ExactModel model) {
        return switch (model.loss()) {
            case CROSS_ENTROPY -> new SoftmaxLoss(model);
            case BINARY_CROSS_ENTROPY -> new SigmoidLoss(model);
            case SQUARED_ERROR -> new SquaredLoss(model);
        };
    }

    int classes() {
        return shares.length;
    }

    /** ν_j = n_j/N. */
    Interval share(int j) {
        return shares[j];
    }

    /** w_j, the relative weight of a class's samples; 1 in a plain loss. */
    Interval weight(int j) {
        return weights[j];
    }

    /** ε of label smoothing. */
    Interval smoothing() {
        return smoothing;
    }

    /** t_kj, the smoothed target. */
    Interval target(int k, int j) {
        return k == j ? ofOwn : ofOther;
    }

    /** The loss of a sample of class j at its logits. */
    abstract LossAt at(int j, Interval[] logits);

    /** Bounds |ℓ'''[u, u, u]| for unit vectors u and all logits. */
    abstract Interval thirdDerivative(int j);

    /** Bounds |ℓ''[u, v]| for unit vectors u and v and all logits. */
    abstract Interval secondDerivative(int j);

    /** The mean loss for the logits of each class. */
    Interval mean(Interval[][] logits) {
        ProductSum sum = new ProductSum();
        for (int j = 0; j < shares.length; j++) {
            sum.add(shares[j], at(j, logits[j]).value());
        }
        return sum.value();
    }
}
