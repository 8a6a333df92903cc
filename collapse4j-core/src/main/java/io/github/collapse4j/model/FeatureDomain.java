package io.github.collapse4j.model;

import java.util.Locale;

/** Where the features of a network's last layer can lie. The optimum and the landscape depend on it. */
public enum FeatureDomain {
    /** Any vectors, held by a penalty: a last layer without an activation in front of it. */
    FREE,
    /** Vectors without negative entries, held by a penalty: features after a ReLU. */
    NONNEGATIVE,
    /** Unit vectors, against rows of the classifier of unit norm: a cosine head with a temperature. */
    UNIT;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
