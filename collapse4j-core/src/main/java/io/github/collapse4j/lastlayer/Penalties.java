package io.github.collapse4j.lastlayer;

import java.util.OptionalDouble;

/**
 * The penalties that a layer is judged with, and where they come from.
 *
 * @param lambdaW λ_W; not positive if there is no model
 * @param sourceW where λ_W comes from
 * @param lambdaH λ_H; not positive if there is no model
 * @param sourceH where λ_H comes from
 */
public record Penalties(double lambdaW, Source sourceW, double lambdaH, Source sourceH) {
    /** Where a penalty comes from. */
    public enum Source {
        /** It was given. */
        GIVEN("given"),
        /** Stationarity implies it. */
        IMPLIED("implied"),
        /** It is the weight decay, because the implied penalty is not positive. */
        WEIGHT_DECAY("weight decay"),
        /** Balance, {@code λ_W‖W‖² = λ_H‖H‖²}, determines it from the weight decay. */
        BALANCE("balance");

        private final String words;

        Source(String words) {
            this.words = words;
        }

        /** The source in reports. */
        public String words() {
            return words;
        }
    }

    /**
     * Penalties that are known.
     *
     * @param weightDecay the λ_W of training, which stands in for an implied penalty that is not positive; with λ_W, the
     *     layer is known to be trained with it, and nothing is implied
     */
    public record Given(OptionalDouble lambdaW, OptionalDouble lambdaH, OptionalDouble weightDecay) {
        /** None: those that stationarity implies are used. */
        public static Given none() {
            return new Given(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
        }

        /** Both. */
        public static Given of(double lambdaW, double lambdaH) {
            return new Given(OptionalDouble.of(lambdaW), OptionalDouble.of(lambdaH), OptionalDouble.empty());
        }
    }

    /**
     * Given penalties, otherwise implied ones; if these are not positive or λ_W is given too, those of the weight decay,
     * if it is known.
     */
    static Penalties of(Given given, ImpliedPenalty implied, double normW, double normH) {
        boolean byDecay = given.weightDecay().isPresent() && (given.lambdaW().isPresent() || !(implied.mu() > 0));
        double otherW = byDecay ? given.weightDecay().getAsDouble() : implied.lambdaW();
        double lambdaW = given.lambdaW().orElse(otherW);
        double ratio = normW / normH;
        double otherH = byDecay ? lambdaW * ratio * ratio : implied.lambdaH();
        return new Penalties(
                lambdaW,
                given.lambdaW().isPresent() ? Source.GIVEN : byDecay ? Source.WEIGHT_DECAY : Source.IMPLIED,
                given.lambdaH().orElse(otherH),
                given.lambdaH().isPresent() ? Source.GIVEN : byDecay ? Source.BALANCE : Source.IMPLIED);
    }

    /** Whether the weight decay stands in for an implied penalty that is not positive. */
    public boolean areAssumed() {
        return sourceW == Source.WEIGHT_DECAY || (sourceH == Source.BALANCE && sourceW != Source.GIVEN);
    }
}
