package io.github.collapse4j.cli;

import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.SquaredError;

/** The losses as they are called on the command line. */
enum LossName {
    ce("cross-entropy"),
    mse("squared error");

    private final String title;

    LossName(String title) {
        this.title = title;
    }

    Loss loss() {
        return switch (this) {
            case ce -> new CrossEntropy();
            case mse -> new SquaredError();
        };
    }

    String title() {
        return title;
    }
}
