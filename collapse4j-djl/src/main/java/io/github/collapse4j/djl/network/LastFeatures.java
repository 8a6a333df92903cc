package io.github.collapse4j.djl.network;

import io.github.collapse4j.model.FeatureDomain;

/** What a body does last, which decides where its features can lie. */
public sealed interface LastFeatures {
    /** Where the features lie. */
    FeatureDomain domain();

    /** Nothing: features of any sign, as in the model. */
    record Free() implements LastFeatures {
        @Override
        public FeatureDomain domain() {
            return FeatureDomain.FREE;
        }
    }

    /** A ReLU, as in most convolutional networks. */
    record Rectified() implements LastFeatures {
        @Override
        public FeatureDomain domain() {
            return FeatureDomain.NONNEGATIVE;
        }
    }

    /**
     * Normalisation to unit length, with a head of unit rows: logits are cosines times a temperature.
     *
     * @param temperature τ &gt; 0
     */
    record Normalised(double temperature) implements LastFeatures {
        public Normalised {
            if (!(temperature > 0) || Double.isInfinite(temperature)) {
                throw new IllegalArgumentException(
                        "temperature: expected a finite number above 0, found " + temperature);
            }
        }

        @Override
        public FeatureDomain domain() {
            return FeatureDomain.UNIT;
        }
    }
}
