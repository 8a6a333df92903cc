package io.github.collapse4j.certificate;

import java.util.Locale;

/** Why a point is undecided. */
public sealed interface Reason {
    /** One clause, without a full stop. */
    String words();

    /** The type name used in reports. */
    default String name() {
        return getClass().getSimpleName();
    }

    /**
     * No penalty is implied, because W, the features or the gradient of the loss vanish: there is no model to compare
     * with.
     *
     * @param what what vanishes, for example {@code "the weights are zero"}
     */
    record NoPenalty(String what) implements Reason {
        @Override
        public String words() {
            return what + ", so stationarity implies no penalty and there is no model to compare with";
        }
    }

    /**
     * Smaller logits alone would lower the loss, so the implied penalties are negative. That cannot happen at the end
     * of training on these samples with this loss: either they are different samples, or training has not ended.
     *
     * @param inner ⟨∇g, WH⟩ &gt; 0
     * @param mu the implied μ &lt; 0
     */
    record OtherSamples(double inner, double mu) implements Reason {
        @Override
        public String words() {
            return format(
                    "smaller logits would lower the loss even without weight decay (⟨∇g, WH⟩ = %.3g > 0, implied μ = %.3g),"
                            + " which is not so at the end of training on these samples with this loss",
                    inner, mu);
        }
    }

    /**
     * A number is too large for double precision, or NaN.
     *
     * @param what the number, for example {@code "the squared norm of the features"}
     */
    record NotFinite(String what) implements Reason {
        @Override
        public String words() {
            return what + " is not finite in double precision";
        }
    }

    /**
     * Critical to within the noise, but neither the certified gap nor a curvature exceeds it.
     *
     * @param relativeGap certified relative gap
     * @param noise the relative noise of W, H and b (docs/theory.md §4)
     */
    record WithinNoise(double relativeGap, double noise) implements Reason {
        @Override
        public String words() {
            return format(
                    "near a critical point with a certified relative gap of at most %.3g, but the point is known only to a"
                            + " relative noise of %.2g, which does not tell a minimum from a saddle",
                    relativeGap, noise);
        }
    }

    /**
     * A solver's point whose certified gap remained above the tolerance.
     *
     * @param relativeGap certified relative gap
     * @param tolerance the gap up to which a point counts as a global minimum
     */
    record GapRemains(double relativeGap, double tolerance) implements Reason {
        @Override
        public String words() {
            return format(
                    "a certified relative gap of %.3g remains, above the tolerance of %.1g", relativeGap, tolerance);
        }
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
