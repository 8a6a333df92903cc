package io.github.collapse4j.nonnegative;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SymmetricEigen;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The maximum of {@code hᵀΓh} over unit vectors h ≥ 0 for exchangeable classes: some maximiser has, of each group, no
 * class, one, or all with equal entries (docs/theory.md §14). So 3^G eigenproblems of order G decide, however many
 * classes there are.
 */
final class GroupSupports {
    /** Maximum number of supports that are tried. */
    private static final int MAX_SUPPORTS = 20_000;

    private final ClassGram gram;
    private final int[] active;
    private double best = Double.NEGATIVE_INFINITY;
    private double[] maximiser = {};

    private GroupSupports(ClassGram gram) {
        this.gram = gram;
        this.active = new int[gram.groups()];
    }

    /** Whether there are few enough supports, and fewer than those of single classes. */
    static boolean applyTo(ClassGram gram) {
        double supports = 1;
        for (int size : gram.sizes()) {
            supports *= size == 1 ? 2 : 3;
        }
        return gram.groups() < gram.classes() && supports <= MAX_SUPPORTS;
    }

    /**
     * The maximum as {@code hᵀΓh} and the maximiser.
     *
     * @param vector one entry per class in the order of the groups
     */
    record Maximum(double value, double[] vector) {}

    static Maximum of(ClassGram gram) {
        GroupSupports search = new GroupSupports(gram);
        search.choose(0);
        return new Maximum(search.best, search.maximiser);
    }

    private void choose(int group) {
        if (group == active.length) {
            consider();
            return;
        }
        int size = gram.sizes()[group];
        active[group] = 0;
        choose(group + 1);
        active[group] = 1;
        choose(group + 1);
        if (size > 1) {
            active[group] = size;
            choose(group + 1);
        }
        active[group] = 0;
    }

    /** The largest eigenvalue of Γ on the active classes, if its vector is positive. */
    private void consider() {
        int[] support =
                IntStream.range(0, active.length).filter(a -> active[a] > 0).toArray();
        int n = support.length;
        if (n == 0) {
            return;
        }
        Matrix core = Matrix.zeros(n, n);
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < n; i++) {
                int a = support[i];
                int b = support[j];
                double between = gram.between().get(a, b);
                core.set(
                        i,
                        j,
                        a == b
                                ? gram.own()[a] + (active[a] - 1) * between
                                : Math.sqrt(active[a]) * Math.sqrt(active[b]) * between);
            }
        }
        SymmetricEigen eigen = LinearAlgebra.symmetricEigen(core);
        double value = eigen.values()[n - 1];
        if (!(value > best)) {
            return;
        }
        double[] vector = Polar.leading(eigen);
        if (Arrays.stream(vector).allMatch(entry -> entry > 0)) {
            best = value;
            maximiser = expanded(support, vector);
        }
    }

    private double[] expanded(int[] support, double[] vector) {
        double[] h = new double[gram.classes()];
        int first = 0;
        int next = 0;
        for (int a = 0; a < active.length; a++) {
            if (next < support.length && support[next] == a) {
                Arrays.fill(h, first, first + active[a], vector[next] / Math.sqrt(active[a]));
                next++;
            }
            first += gram.sizes()[a];
        }
        return h;
    }
}
