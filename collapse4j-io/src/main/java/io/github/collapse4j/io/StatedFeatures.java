package io.github.collapse4j.io;

import io.github.collapse4j.model.FeatureDomain;
import java.util.OptionalDouble;

/**
 * Where the features of a stored layer can lie (docs/theory.md §13 and §14).
 *
 * @param domain the domain
 * @param temperature τ, the factor of the cosines; of unit features, and of no others
 * @param margin m ≥ 0, subtracted from the own cosine; 0 but for unit features
 */
public record StatedFeatures(FeatureDomain domain, OptionalDouble temperature, double margin) {
    /** @throws IllegalArgumentException naming the key, what was expected and what was found */
    public StatedFeatures {
        boolean isUnit = domain == FeatureDomain.UNIT;
        if (isUnit != temperature.isPresent()) {
            throw new IllegalArgumentException("temperature: expected "
                    + (isUnit
                            ? "a number with unit features, found none"
                            : "none with " + domain + " features, found " + temperature.getAsDouble()));
        }
        if (temperature.isPresent()
                && !(temperature.getAsDouble() > 0 && temperature.getAsDouble() < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "temperature: expected a finite number above 0, found " + temperature.getAsDouble());
        }
        if (!(margin >= 0 && margin < Double.POSITIVE_INFINITY) || (margin != 0 && !isUnit)) {
            throw new IllegalArgumentException("margin: expected "
                    + (isUnit ? "a finite number of at least 0" : "none with " + domain + " features") + ", found "
                    + margin);
        }
    }

    /** Features with penalties, free or non-negative. */
    public static StatedFeatures of(FeatureDomain domain) {
        return new StatedFeatures(domain, OptionalDouble.empty(), 0);
    }

    /** Those of a cosine head. */
    public static StatedFeatures unit(double temperature, double margin) {
        return new StatedFeatures(FeatureDomain.UNIT, OptionalDouble.of(temperature), margin);
    }
}
