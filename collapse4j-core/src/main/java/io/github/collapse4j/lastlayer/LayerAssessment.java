package io.github.collapse4j.lastlayer;

import io.github.collapse4j.linalg.Matrix;
import java.util.Optional;

/**
 * Three statements on a last layer, the most actionable first (docs/theory.md §8). A statement is absent if there is
 * nothing to say: without a positive penalty, or if all rows of W are equal.
 *
 * @param classes the layer, of the classes that have samples
 * @param head what retraining the head alone could gain
 * @param seen the layer as the head sees it
 * @param raw the layer as it is
 * @param isNonnegative whether no feature is negative, as after a ReLU
 */
public record LayerAssessment(
        PresentClasses classes,
        Optional<HeadStatement> head,
        Optional<Seen> seen,
        LastLayerCertificate raw,
        boolean isNonnegative) {
    /** The layer, of the classes that have samples. */
    public LastLayer layer() {
        return classes.layer();
    }

    /**
     * The layer as the head sees it: features projected onto what predictions depend on, with their common offset in
     * the bias.
     *
     * @param isCentred whether the common offset was moved into the bias, which a penalty on it, or its absence, forbids
     * @param classifier W of the projected layer, {@code K×r}
     * @param classMeans class means of the projected features, {@code r×K}
     * @param shares what the squared norm of the features consists of
     * @param certificate the certificate of the projected layer
     */
    public record Seen(
            boolean isCentred,
            Matrix classifier,
            Matrix classMeans,
            FeatureShares shares,
            LastLayerCertificate certificate) {
        /** r, the dimension of the projection. */
        public int featureDimension() {
            return classifier.columns();
        }
    }
}
