package io.github.collapse4j.proof;

/**
 * A dual point of a loss of a training (docs/proof-format.md, “Losses of a training”): the residuals that it stands for and
 * their conjugate. Entries of columns are those of a {@link SampleLoss}.
 */
sealed interface TrainedTerms permits SoftmaxTerms, SigmoidTerms, SquaredTerms {
    /** The terms of a model's loss. */
    static TrainedTerms of(ExactModel model, DualPoint dual) throws NotProvedException {
        return switch (model.loss()) {
            case CROSS_ENTROPY -> new SoftmaxTerms(model, dual);
            case BINARY_CROSS_ENTROPY -> new SigmoidTerms(model, dual);
            case SQUARED_ERROR -> new SquaredTerms(model, dual);
        };
    }

    SampleLoss loss();

    /** Changes the dual point so that the derivatives γ by a free bias vanish, one for each row. */
    void repair(Interval[] gamma) throws NotProvedException;

    /** ε. */
    Interval residual(int e, int j);

    /** An interval whose lower end is at most minus the conjugate of column j at a factor times its residuals. */
    Interval minusConjugate(int j, Interval factor) throws NotProvedException;
}
