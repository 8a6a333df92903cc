package io.github.collapse4j.cli.option;

import io.github.collapse4j.model.TrainingLoss;

/** The losses as they are called on the command line. */
public enum LossName {
    ce("cross-entropy", TrainingLoss.Kind.SOFTMAX),
    mse("squared error", TrainingLoss.Kind.SQUARED),
    bce("binary cross-entropy", TrainingLoss.Kind.SIGMOID);

    private final String title;
    private final TrainingLoss.Kind kind;

    LossName(String title, TrainingLoss.Kind kind) {
        this.title = title;
        this.kind = kind;
    }

    public TrainingLoss.Kind kind() {
        return kind;
    }

    public String title() {
        return title;
    }
}
