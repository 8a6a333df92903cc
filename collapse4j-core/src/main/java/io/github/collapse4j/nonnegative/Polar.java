package io.github.collapse4j.nonnegative;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SymmetricEigen;
import io.github.collapse4j.linalg.UnitRoundOff;
import io.github.collapse4j.linalg.Vectors;
import java.util.Arrays;

/**
 * The polar {@code γ₊ = max{‖Gh‖ : h ≥ 0, ‖h‖ = 1}} of a gradient, enclosed by {@code γ₊² = max hᵀΓh}
 * (docs/theory.md §14). It takes the place of σ_max, which it never exceeds.
 *
 * @param lower ‖Gh‖ for the maximiser found
 * @param upper an upper bound, round-off of Γ included
 * @param maximiser the best h found, one entry per class in the order of the groups
 */
record Polar(double lower, double upper, double[] maximiser) {
    /** Maximum number of classes for which all supports are searched. */
    static final int ENUMERABLE = 20;

    /** Maximum number of classes for the semidefinite bound and the search for a maximiser. */
    static final int DENSE = 300;

    /** Relative width at which γ₊² counts as known: what rounding leaves of eigenvalues. */
    private static final double TIGHT = 1e-13;

    /** Encloses the polar; with many classes {@code maximiser} may be the best single class. */
    static Polar of(ClassGram gram) {
        double clipped = clipped(gram);
        int best = Vectors.indexOfLargest(gram.own(), 0, gram.groups());
        if (gram.own()[best] >= clipped * (1 - TIGHT) - gram.error()) {
            return enclosed(gram.own()[best], clipped, single(gram, best));
        }
        if (GroupSupports.applyTo(gram)) {
            GroupSupports.Maximum maximum = GroupSupports.of(gram);
            double charge = gram.error() + 8.0 * gram.groups() * UnitRoundOff.DOUBLE * clipped;
            return enclosed(maximum.value() - charge, Math.min(clipped, maximum.value() + charge), maximum.vector());
        }
        if (gram.classes() > DENSE) {
            return enclosed(gram.own()[best], clipped, single(gram, best));
        }
        return dense(gram.expanded(), clipped, gram.error());
    }

    /** A unit vector h ≥ 0 with a large {@code hᵀΓh}: the polar's maximiser if it is enumerated. */
    static double[] maximiser(ClassGram gram) {
        return gram.classes() <= ENUMERABLE ? of(gram).maximiser() : ConeAscent.best(gram.expanded());
    }

    private static Polar dense(Matrix gram, double clipped, double error) {
        int n = gram.rows();
        double[] h = ConeAscent.best(gram);
        double lower = ConeAscent.quotient(gram, h);
        double upper = clipped;
        double charge = 8.0 * n * UnitRoundOff.DOUBLE * clipped;
        if (lower < upper - error - charge - TIGHT * upper) {
            upper = Math.min(upper, DoublyNonnegative.bound(gram, lower) + error + charge);
        }
        if (n <= ENUMERABLE && lower < upper - error - charge - TIGHT * upper) {
            h = new SupportSearch(gram, upper, h).maximiser();
            lower = ConeAscent.quotient(gram, h);
            upper = lower + error + charge;
        }
        return enclosed(lower, upper, h);
    }

    private static Polar enclosed(double lower, double upper, double[] maximiser) {
        double root = Math.sqrt(Math.max(0, upper)) * (1 + 4 * UnitRoundOff.DOUBLE);
        return new Polar(Math.min(Math.sqrt(Math.max(0, lower)), root), root, maximiser);
    }

    private static double[] single(ClassGram gram, int group) {
        double[] h = new double[gram.classes()];
        h[Arrays.stream(gram.sizes()).limit(group).sum()] = 1;
        return h;
    }

    /** λ_max of Γ with negative entries off the diagonal raised to 0; exact if all have one sign. */
    private static double clipped(ClassGram gram) {
        int n = gram.groups();
        Matrix core = Matrix.zeros(n, n);
        for (int b = 0; b < n; b++) {
            for (int a = 0; a < n; a++) {
                double entry = Math.max(
                        0, gram.between().get(a, b) + gram.betweenError().get(a, b));
                double weight = Math.sqrt(gram.sizes()[a]) * Math.sqrt(gram.sizes()[b]);
                core.set(
                        a,
                        b,
                        a == b ? gram.own()[a] + gram.ownError()[a] + (gram.sizes()[a] - 1) * entry : weight * entry);
            }
        }
        double[] values = LinearAlgebra.symmetricEigenvalues(core);
        double largest = values[n - 1];
        return isDiagonal(core) ? largest : largest * (1 + 8.0 * n * UnitRoundOff.DOUBLE);
    }

    private static boolean isDiagonal(Matrix core) {
        for (int b = 0; b < core.columns(); b++) {
            for (int a = 0; a < core.rows(); a++) {
                if (a != b && core.get(a, b) != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The eigenvector of the largest eigenvalue, with a positive sum. */
    static double[] leading(SymmetricEigen eigen) {
        int n = eigen.values().length;
        double[] vector = eigen.vectors().column(n - 1);
        if (Vectors.sum(vector) < 0) {
            Arrays.setAll(vector, i -> -vector[i]);
        }
        return vector;
    }
}
