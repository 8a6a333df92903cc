package io.github.collapse4j.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.fixtures.Matrices;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the dense decomposition of the same matrix. */
class LanczosTest {
    private static final Lanczos.Options OPTIONS = Lanczos.Options.defaults();

    /** As few basis vectors as the options allow, which forces many restarts. */
    private static final Lanczos.Options RESTARTING = new Lanczos.Options(4, 1e-10, 40, 20_000, 0);

    private record Dense(Matrix matrix) implements SymmetricOperator {
        @Override
        public int order() {
            return matrix.rows();
        }

        @Override
        public void apply(double[] x, double[] image) {
            Matrix product = Matrices.naive(matrix, Matrix.wrap(x.length, 1, x));
            System.arraycopy(product.data(), 0, image, 0, x.length);
        }
    }

    static Stream<Seeded> seeds() {
        return Seeded.range(70, 12);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void extremesOfRandomMatrices(Seeded seeded) {
        int order = seeded.between(20, 220);
        Matrix matrix = Matrices.symmetric(order, seeded);
        for (Lanczos.Options options : List.of(OPTIONS, RESTARTING, new Lanczos.Options(4, 1e-10, 40, 20_000, 5))) {
            Lanczos.Result found = new Lanczos(options).extremes(new Dense(matrix));
            assertTrue(found.converged());
            assertExtremes(LinearAlgebra.symmetricEigenvalues(matrix), found, 4);
            assertResiduals(matrix, found);
        }
    }

    /** Clustered extreme eigenvalues, like the zeros of a symmetry orbit, need many restarts. */
    @Test
    void clusteredEnds() {
        int order = 150;
        double[] values = new double[order];
        for (int i = 0; i < order; i++) {
            values[i] = i < 6 ? -1 + 1e-3 * i : i / (double) order;
        }
        Seeded seeded = Seeded.of(3);
        Matrix q = LinearAlgebra.svd(Matrices.gaussian(order, order, seeded)).u();
        Matrix matrix = Matrices.compose(q, values, q);

        Lanczos.Result found = new Lanczos(RESTARTING).extremes(new Dense(matrix));

        assertTrue(found.converged());
        assertTrue(found.products() > 80, "needs restarts to mean anything: " + found.products());
        Arrays.sort(values);
        assertExtremes(values, found, 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9})
    void smallOrdersGiveAllEigenvalues(int order) {
        Matrix matrix = Matrices.symmetric(order, Seeded.of(order));
        Lanczos.Result found = new Lanczos(OPTIONS).extremes(new Dense(matrix));
        assertTrue(found.converged());
        assertEquals(Math.min(4, order), found.lowest().size());
        assertExtremes(LinearAlgebra.symmetricEigenvalues(matrix), found, Math.min(4, order));
    }

    /** Every Krylov space of a multiple of the identity has one dimension, so each next vector is a fresh one. */
    @Test
    void multiplesOfTheIdentity() {
        for (double value : new double[] {0, 2.5, -1}) {
            Lanczos.Result found =
                    new Lanczos(OPTIONS).extremes(new Dense(Matrix.identity(30).scale(value)));
            for (Lanczos.Pair pair : found.lowest()) {
                Close.assertClose(value, pair.value(), 1e-14, "λ");
                Close.assertClose(0, pair.residual(), 0, 1e-13, "residual");
            }
        }
    }

    /** Restricted to the vectors orthogonal to the lowest eigenvector, the second lowest eigenvalue is the lowest. */
    @ParameterizedTest
    @MethodSource("seeds")
    void restrictedToAnInvariantSubspace(Seeded seeded) {
        int order = seeded.between(20, 90);
        Matrix matrix = Matrices.symmetric(order, seeded);
        SymmetricEigen eigen = LinearAlgebra.symmetricEigen(matrix);
        double[] lowest = eigen.vectors().column(0);
        Dense whole = new Dense(matrix);
        Lanczos.Result found = new Lanczos(OPTIONS).extremes(new SymmetricOperator() {
            @Override
            public int order() {
                return order;
            }

            @Override
            public void apply(double[] x, double[] image) {
                whole.apply(x, image);
            }

            @Override
            public void restrict(double[] x) {
                Vectors.add(-Vectors.dot(lowest, x), lowest, x);
            }
        });
        assertExtremes(Arrays.copyOfRange(eigen.values(), 1, order), found, 4);
        for (Lanczos.Pair pair : found.lowest()) {
            Close.assertClose(0, Vectors.dot(lowest, pair.vector()), 0, 1e-12, "component outside");
        }
    }

    @Test
    void emptySubspaceIsRejected() {
        SymmetricOperator none = new SymmetricOperator() {
            @Override
            public int order() {
                return 5;
            }

            @Override
            public void apply(double[] x, double[] image) {
                Arrays.fill(image, 0);
            }

            @Override
            public void restrict(double[] x) {
                Arrays.fill(x, 0);
            }
        };
        assertThrows(IllegalArgumentException.class, () -> new Lanczos(OPTIONS).extremes(none));
    }

    @Test
    void tooFewProductsDoNotConverge() {
        Matrix matrix = Matrices.symmetric(200, Seeded.of(1));
        Lanczos.Result found = new Lanczos(new Lanczos.Options(4, 1e-10, 160, 20, 0)).extremes(new Dense(matrix));
        assertFalse(found.converged());
        assertResiduals(matrix, found);
    }

    @Test
    void equalSeedsGiveEqualResults() {
        Matrix matrix = Matrices.symmetric(100, Seeded.of(2));
        Lanczos.Result first = new Lanczos(RESTARTING).extremes(new Dense(matrix));
        Lanczos.Result second = new Lanczos(RESTARTING).extremes(new Dense(matrix));
        for (int i = 0; i < 4; i++) {
            assertArrayEquals(
                    first.lowest().get(i).vector(), second.lowest().get(i).vector());
        }
    }

    private static void assertExtremes(double[] ascending, Lanczos.Result found, int count) {
        int n = ascending.length;
        double size = Math.max(Math.abs(ascending[0]), Math.abs(ascending[n - 1]));
        for (int i = 0; i < count; i++) {
            // A residual r puts an isolated eigenvalue within r²/gap, and any eigenvalue within r.
            Close.assertClose(ascending[i], found.lowest().get(i).value(), 0, 1e-10 * size, "lowest " + i);
            Close.assertClose(ascending[n - 1 - i], found.highest().get(i).value(), 0, 1e-10 * size, "highest " + i);
        }
    }

    /** The residual is that of the pair, and an eigenvalue lies within it, converged or not. */
    private static void assertResiduals(Matrix matrix, Lanczos.Result found) {
        double[] eigenvalues = LinearAlgebra.symmetricEigenvalues(matrix);
        double size = matrix.norm();
        for (List<Lanczos.Pair> end : List.of(found.lowest(), found.highest())) {
            for (Lanczos.Pair pair : end) {
                Close.assertClose(1, Vectors.norm(pair.vector()), 1e-14, "length");
                double[] image = new double[matrix.rows()];
                new Dense(matrix).apply(pair.vector(), image);
                Vectors.add(-pair.value(), pair.vector(), image);
                Close.assertClose(Vectors.norm(image), pair.residual(), 1e-10, 1e-14 * size, "residual");
                double nearest = Arrays.stream(eigenvalues)
                        .map(value -> Math.abs(value - pair.value()))
                        .min()
                        .orElseThrow();
                Close.assertAtMost(pair.residual() + 1e-14 * size, nearest, "distance to an eigenvalue");
            }
        }
    }
}
