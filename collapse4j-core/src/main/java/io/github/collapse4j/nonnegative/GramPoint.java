package io.github.collapse4j.nonnegative;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import java.util.Arrays;

/**
 * A point, gradient or direction of {@link GramTwin}, which exchanging classes of a group does not change.
 *
 * @param product the columns of R̂ of the m groups that are alive, {@code (G+1)×m} ({@link GroupColumns})
 * @param bias b, one entry for each group
 * @param gram the symmetric Gram matrix C of their features, {@code (m+1)×m}
 */
record GramPoint(Matrix product, double[] bias, Matrix gram) {
    GramPoint copy() {
        return new GramPoint(product.copy(), bias.clone(), gram.copy());
    }

    /** Adds a multiple of another point to this one. */
    GramPoint add(double factor, GramPoint other) {
        product.add(factor, other.product);
        Vectors.add(factor, other.bias, bias);
        gram.add(factor, other.gram);
        return this;
    }

    GramPoint scale(double factor) {
        product.scale(factor);
        Arrays.setAll(bias, k -> factor * bias[k]);
        gram.scale(factor);
        return this;
    }

    /** The point a step ends at, whose Gram matrix has no negative entry and does not shrink by more than a factor. */
    GramPoint plus(double factor, GramPoint step) {
        GramPoint sum = copy().add(factor, step);
        Matrix c = sum.gram;
        for (int i = 0; i < c.data().length; i++) {
            c.data()[i] = Math.max(0, c.data()[i]);
        }
        int own = c.columns();
        for (int k = 0; k < c.columns(); k++) {
            c.set(own, k, Math.max(c.get(own, k), gram.get(own, k) / 10));
        }
        return sum;
    }
}
