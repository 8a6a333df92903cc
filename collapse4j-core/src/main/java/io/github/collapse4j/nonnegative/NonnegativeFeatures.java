package io.github.collapse4j.nonnegative;

import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;

/** The best features for a fixed classifier and bias, a convex problem. */
public final class NonnegativeFeatures {
    private NonnegativeFeatures() {}

    /** The lowest value of the reduced model over H ≥ 0 for a point's W and b, to the accuracy of the descent. */
    public static double lowestValue(UfmModel reduced, UfmPoint start) {
        return FaceDescent.ofFeatures(reduced, start);
    }
}
