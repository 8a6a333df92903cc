package io.github.collapse4j.landscape;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.ClassGroups;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * The images of a point under exchanges of exchangeable classes, up to rotations of feature space: the discrete part of
 * its orbit (docs/theory.md §5). A point up to rotations is its inner products of rows of W and columns of Ĥ; an
 * exchange that changes none of them, nor the bias, maps the point to itself. The number of images is the order of the
 * group of all exchanges divided by that of the exchanges that fix the point.
 */
public final class Relabellings {
    /** Relative to the largest inner product or bias. */
    private static final double SAME = 1e-6;

    private final int[] groups;
    private final double[][][] products;
    private final double tolerance;

    private Relabellings(UfmProblem problem, UfmPoint point) {
        groups = ClassGroups.of(problem).groupOf();
        int classes = groups.length;
        Matrix ww = LinearAlgebra.gramOfRows(point.classifier());
        Matrix hh = LinearAlgebra.multiply(point.features(), Op.TRANSPOSE, point.features(), Op.NONE);
        Matrix wh = point.product();
        products = new double[classes][classes][];
        double largest = 0;
        for (int i = 0; i < classes; i++) {
            for (int j = 0; j < classes; j++) {
                double bias = i == j ? point.bias()[i] : 0;
                products[i][j] = new double[] {ww.get(i, j), hh.get(i, j), wh.get(i, j), bias};
                largest = Math.max(
                        largest,
                        Arrays.stream(products[i][j]).map(Math::abs).max().orElse(0));
            }
        }
        tolerance = SAME * largest;
    }

    /**
     * The number of different points among the images.
     *
     * @param point a point of the reduced model
     */
    public static BigInteger count(UfmProblem problem, UfmPoint point) {
        return new Relabellings(problem, point).count();
    }

    /** The group that fixes the point is as large as the product of the orbits of classes under its stabilisers. */
    private BigInteger count() {
        int classes = groups.length;
        int[] image = new int[classes];
        boolean[] taken = new boolean[classes];
        BigInteger exchanges = BigInteger.ONE;
        BigInteger symmetries = BigInteger.ONE;
        for (int i = 0; i < classes; i++) {
            int orbit = 0;
            int later = 0;
            for (int j = i; j < classes; j++) {
                if (groups[j] == groups[i]) {
                    later++;
                    orbit += extendsTo(image, taken, i, j) ? 1 : 0;
                }
            }
            exchanges = exchanges.multiply(BigInteger.valueOf(later));
            symmetries = symmetries.multiply(BigInteger.valueOf(orbit));
            image[i] = i;
            taken[i] = true;
        }
        return exchanges.divide(symmetries);
    }

    /** Whether a symmetry maps classes before i as {@code image} says, and i to j. */
    private boolean extendsTo(int[] image, boolean[] taken, int i, int j) {
        if (taken[j] || groups[i] != groups[j] || !matches(image, i, j)) {
            return false;
        }
        if (i + 1 == groups.length) {
            return true;
        }
        image[i] = j;
        taken[j] = true;
        boolean found = false;
        for (int next = 0; next < groups.length && !found; next++) {
            found = extendsTo(image, taken, i + 1, next);
        }
        taken[j] = false;
        return found;
    }

    private boolean matches(int[] image, int i, int j) {
        boolean matches = same(products[i][i], products[j][j]);
        for (int k = 0; k < i && matches; k++) {
            matches = same(products[i][k], products[j][image[k]]) && same(products[k][i], products[image[k]][j]);
        }
        return matches;
    }

    private boolean same(double[] a, double[] b) {
        for (int m = 0; m < a.length; m++) {
            if (Math.abs(a[m] - b[m]) > tolerance) {
                return false;
            }
        }
        return true;
    }
}
