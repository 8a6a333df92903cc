package io.github.collapse4j.djl.train;

import io.github.collapse4j.djl.UfmLoss;
import java.math.BigDecimal;
import java.math.MathContext;

/** What to try after a loss has diverged, in one sentence. */
final class DivergenceAdvice {
    private static final MathContext BRIEF = new MathContext(3);

    private DivergenceAdvice() {}

    static String of(Recipe recipe) {
        double rate = recipe.rate().initial();
        if (recipe.steps() instanceof Recipe.Steps.Sgd sgd) {
            // heavy ball on λ/2·θ² alone (Polyak 1964)
            double most = 2 * (1 + sgd.momentum()) / rate;
            double strongest = strongest(recipe.regularization());
            if (strongest >= most) {
                return "a penalty of " + brief(strongest)
                        + " diverges by itself at this learning rate: try one far below " + brief(most);
            }
        }
        return "try a learning rate of " + brief(rate / 10)
                + (recipe.loss() == UfmLoss.Kind.SQUARED_ERROR ? " (squared error bears less)" : "")
                + ", or larger batches";
    }

    /** Of a parameter; that of features acts through others. */
    private static double strongest(Regularization regularization) {
        return regularization instanceof Regularization.Explicit explicit
                ? Math.max(explicit.lambdaW(), Math.max(explicit.lambdaB(), explicit.ofBody()))
                : ((Regularization.WeightDecay) regularization).lambda();
    }

    private static String brief(double value) {
        BigDecimal rounded = new BigDecimal(value).round(BRIEF).stripTrailingZeros();
        return value >= 1e-4 && value < 1e6 ? rounded.toPlainString() : rounded.toString();
    }
}
