package io.github.collapse4j.cli.option;

import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.SquaredError;

/** Losses, as named on the command line. */
public enum LossName {
    ce("cross-entropy"),
    mse("squared error");

    private final String title;

    LossName(String title) {
        this.title = title;
    }

    public Loss loss() {
        return switch (this) {
            case ce -> new CrossEntropy();
            case mse -> new SquaredError();
        };
    }

    public String title() {
        return title;
    }
}
