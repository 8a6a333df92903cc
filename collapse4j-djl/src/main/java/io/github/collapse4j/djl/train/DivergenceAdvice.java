package io.github.collapse4j.djl.train;

import io.github.collapse4j.model.TrainingLoss;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.OptionalDouble;

/** Advice after a diverged loss, in one sentence. */
final class DivergenceAdvice {
    private static final MathContext BRIEF = new MathContext(3);

    private DivergenceAdvice() {}

    static String of(Recipe recipe) {
        double rate = recipe.rate().initial();
        double strongest = recipe.regularization().largest();
        OptionalDouble diverging = recipe.steps().divergingPenalty(rate);
        if (diverging.isPresent() && strongest >= diverging.getAsDouble()) {
            return "a penalty of " + brief(strongest) + " diverges by itself at this learning rate: try one far below "
                    + brief(diverging.getAsDouble());
        }
        return "try a learning rate of " + brief(rate / 10)
                + (recipe.loss().kind() == TrainingLoss.Kind.SQUARED ? " (squared error tolerates less)" : "")
                + ", or larger batches";
    }

    private static String brief(double value) {
        BigDecimal rounded = new BigDecimal(value).round(BRIEF).stripTrailingZeros();
        return value >= 1e-4 && value < 1e6 ? rounded.toPlainString() : rounded.toString();
    }
}
