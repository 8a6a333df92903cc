package io.github.collapse4j.solve;

import io.github.collapse4j.linalg.Matrix;

/**
 * Inner products between vectors of classes that are exchangeable within groups: a K×K Gram matrix stored as G×G
 * numbers.
 *
 * @param squaredNorms per group, the squared norm of a class's vector
 * @param products {@code G×G}: entry (h, g) is the inner product of the vectors of two different classes, one of group
 *     h and one of g; NaN on the diagonal for a group of one class
 */
public record GroupGram(double[] squaredNorms, Matrix products) {

    /**
     * {@code factor} times the K×K matrix that acts as {@code separation} on differences and as {@code core} on
     * indicators.
     */
    static GroupGram of(ClassGroups groups, double[] separation, Matrix core, double factor) {
        int n = groups.groups();
        double[] squaredNorms = new double[n];
        Matrix products = Matrix.zeros(n, n);
        for (int g = 0; g < n; g++) {
            double size = groups.sizes()[g];
            for (int h = 0; h < n; h++) {
                products.set(h, g, factor * core.get(h, g) / Math.sqrt(groups.sizes()[h] * size));
            }
            double separated = size > 1 ? separation[g] : 0;
            squaredNorms[g] = Math.max(0, factor * (separated * (1 - 1 / size) + core.get(g, g) / size));
            products.set(g, g, size > 1 ? factor * (core.get(g, g) - separated) / size : Double.NaN);
        }
        return new GroupGram(squaredNorms, products);
    }

    /** The norm of the vectors of a group. */
    public double norm(int group) {
        return Math.sqrt(squaredNorms[group]);
    }

    /** The cosine between vectors of two different classes of the given groups; NaN if one is zero or missing. */
    public double cosine(int group, int other) {
        double norms = norm(group) * norm(other);
        return norms == 0 ? Double.NaN : products.get(group, other) / norms;
    }
}
