package io.github.collapse4j.data;

import io.github.collapse4j.linalg.Matrix;

/** Features in memory, a {@code d×N} matrix with one column per sample (not copied). */
public record MatrixFeatures(Matrix features) implements FeatureSource {
    @Override
    public int featureDimension() {
        return features.rows();
    }

    @Override
    public long samples() {
        return features.columns();
    }

    @Override
    public void read(long first, int count, double[] target) {
        int d = features.rows();
        System.arraycopy(features.data(), Math.toIntExact(first) * d, target, 0, count * d);
    }
}
