package io.github.collapse4j.cosine;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.ClassCounts;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Counts samples of equal label and bit-equal feature, as long as they are few: collapsed layers, and solutions. */
final class DistinctFeatures {
    /** With more groups, no Hessian is computed anyway. */
    private static final int MAX_GROUPS = 1000;

    private final int featureDimension;
    private final Map<Key, Long> found = new LinkedHashMap<>();
    private boolean isOverfull;

    DistinctFeatures(int featureDimension) {
        this.featureDimension = featureDimension;
    }

    private record Key(int label, double[] feature) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key that && that.label == label && Arrays.equals(that.feature, feature);
        }

        @Override
        public int hashCode() {
            return 31 * label + Arrays.hashCode(feature);
        }
    }

    /** Groups of samples. */
    record Groups(int[] labels, ClassCounts counts, Matrix features) {}

    void add(int label, Matrix features, int column) {
        if (!isOverfull) {
            found.merge(new Key(label, features.column(column)), 1L, Long::sum);
            if (found.size() > MAX_GROUPS) {
                isOverfull = true;
                found.clear();
            }
        }
    }

    /** The groups in the order of their first samples; empty if there are too many. */
    Optional<Groups> groups() {
        if (isOverfull || found.isEmpty()) {
            return Optional.empty();
        }
        Matrix features = Matrix.zeros(featureDimension, found.size());
        int next = 0;
        for (Key key : found.keySet()) {
            System.arraycopy(key.feature(), 0, features.data(), next++ * featureDimension, featureDimension);
        }
        return Optional.of(new Groups(
                found.keySet().stream().mapToInt(Key::label).toArray(),
                ClassCounts.of(found.values().stream().mapToLong(count -> count).toArray()),
                features));
    }
}
