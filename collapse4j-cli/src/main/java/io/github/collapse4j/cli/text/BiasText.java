package io.github.collapse4j.cli.text;

import io.github.collapse4j.model.Bias;

/** The bias of a model in words. */
public final class BiasText {
    private BiasText() {}

    /** The penalty, or that there is no bias or a free one. */
    public static String of(Bias bias) {
        if (bias instanceof Bias.None) {
            return "no bias";
        }
        return bias instanceof Bias.Regularised regularised
                ? "λ_b = " + Table.number(regularised.lambda())
                : "free bias";
    }
}
