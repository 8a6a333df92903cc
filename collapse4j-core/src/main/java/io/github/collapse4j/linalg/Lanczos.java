package io.github.collapse4j.linalg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Eigenvalues at both ends of the spectrum of a large symmetric operator, by Lanczos iteration with full
 * reorthogonalisation and thick restarts (Wu and Simon, <i>Thick-restart Lanczos method for large symmetric eigenvalue
 * problems</i>, 2000). Deterministic for a given seed. A multiple eigenvalue may be found with less than its full
 * multiplicity.
 */
public final class Lanczos {
    /** New basis vectors between two checks of the projected eigenvalues. */
    private static final int STRIDE = 16;

    /** Extra Ritz vectors kept at each end through a restart, which speed up convergence. */
    private static final int EXTRA = 8;

    private static final double BREAKDOWN = 1e-13;

    private final Options options;

    public Lanczos(Options options) {
        this.options = options;
    }

    /**
     * Search options.
     *
     * @param wanted number of eigenvalues at each end
     * @param relativeResidual residual, relative to the largest absolute eigenvalue, at which a pair counts as
     *     converged
     * @param maxBasis maximum number of basis vectors in memory
     * @param maxProducts maximum number of operator products
     * @param seed seed of the start vector
     */
    public record Options(int wanted, double relativeResidual, int maxBasis, int maxProducts, long seed) {
        public Options {
            if (wanted < 1 || !(relativeResidual > 0) || maxBasis < 2 * (wanted + EXTRA) + STRIDE || maxProducts < 1) {
                throw new IllegalArgumentException("Lanczos options out of range: wanted " + wanted
                        + ", relativeResidual " + relativeResidual + ", maxBasis " + maxBasis + ", maxProducts "
                        + maxProducts);
            }
        }

        /** Four eigenvalues at each end, residual 1e-10, 160 basis vectors, 20000 products, seed 0. */
        public static Options defaults() {
            return new Options(4, 1e-10, 160, 20_000, 0);
        }
    }

    /**
     * An approximate eigenpair.
     *
     * @param value the approximate eigenvalue θ
     * @param residual ‖Av − θv‖, computed from the pair itself: some eigenvalue is within this distance of θ
     * @param vector v, of length 1
     */
    public record Pair(double value, double residual, double[] vector) {}

    /**
     * The result of a run.
     *
     * @param lowest pairs at the lower end, ascending; all of them if the space has few dimensions
     * @param highest pairs at the upper end, descending
     * @param products operator products used
     * @param converged whether every pair reached the required residual
     */
    public record Result(List<Pair> lowest, List<Pair> highest, int products, boolean converged) {}

    /**
     * Finds the extreme eigenvalues.
     *
     * @throws IllegalArgumentException if the operator's subspace is {0}
     */
    public Result extremes(SymmetricOperator operator) {
        return new Run(operator).run();
    }

    private final class Run {
        private final SymmetricOperator operator;
        private final int order;
        private final RandomGenerator random;
        private final List<double[]> basis = new ArrayList<>();
        private final Matrix projected;
        private int products;
        private double size;

        Run(SymmetricOperator operator) {
            this.operator = operator;
            this.order = operator.order();
            this.random = SeededRandom.of(options.seed());
            int capacity = Math.min(options.maxBasis(), order) + 1;
            this.projected = Matrix.zeros(capacity, capacity);
        }

        Result run() {
            double[] next = freshVector();
            if (next.length == 0) {
                throw new IllegalArgumentException("the operator's subspace is {0}");
            }
            int capacity = Math.min(options.maxBasis(), order);
            while (true) {
                basis.add(next);
                double[] image = new double[order];
                operator.apply(next, image);
                operator.restrict(image);
                products++;
                double coupling = orthogonalise(image, basis.size() - 1);
                boolean exhausted = false;
                if (coupling > BREAKDOWN * size && purified(image)) {
                    next = image;
                } else {
                    coupling = 0;
                    next = freshVector();
                    exhausted = next.length == 0;
                }
                boolean full = basis.size() >= capacity;
                boolean last = exhausted || products >= options.maxProducts();
                if (last || full || basis.size() % STRIDE == 0) {
                    SymmetricEigen eigen = LinearAlgebra.symmetricEigen(leading(basis.size()));
                    boolean found = converged(eigen, coupling);
                    if (last || found) {
                        return result(eigen, found || exhausted);
                    }
                    if (full) {
                        restart(eigen);
                    }
                }
            }
        }

        /** A random unit vector of the subspace, orthogonal to the basis; empty if the basis spans the subspace. */
        private double[] freshVector() {
            for (int attempt = 0; attempt < 3; attempt++) {
                double[] x = new double[order];
                for (int i = 0; i < order; i++) {
                    x[i] = random.nextGaussian();
                }
                double before = Vectors.norm(x);
                for (int pass = 0; pass < 3; pass++) {
                    operator.restrict(x);
                    for (double[] q : basis) {
                        Vectors.add(-Vectors.dot(q, x), q, x);
                    }
                }
                if (Vectors.norm(x) > 1e-8 * before) {
                    normalise(x);
                    return x;
                }
            }
            return new double[0];
        }

        /**
         * Orthogonalises {@code image} against the basis, stores its coefficients in column {@code j} and returns its
         * norm.
         */
        private double orthogonalise(double[] image, int j) {
            size = Math.max(size, Vectors.norm(image));
            double[] coefficients = new double[basis.size()];
            for (int pass = 0; pass < 2; pass++) {
                for (int i = basis.size() - 1; i >= 0; i--) {
                    double c = Vectors.dot(basis.get(i), image);
                    coefficients[i] += c;
                    Vectors.add(-c, basis.get(i), image);
                }
            }
            for (int i = 0; i < coefficients.length; i++) {
                projected.set(i, j, coefficients[i]);
                projected.set(j, i, coefficients[i]);
            }
            return Vectors.norm(image);
        }

        /**
         * Normalises a remainder and orthogonalises it once more; false if it was only round-off, which points out of
         * the subspace or into the basis.
         */
        private boolean purified(double[] remainder) {
            normalise(remainder);
            operator.restrict(remainder);
            for (double[] q : basis) {
                Vectors.add(-Vectors.dot(q, remainder), q, remainder);
            }
            boolean genuine = Vectors.norm(remainder) > 0.9;
            normalise(remainder);
            return genuine;
        }

        private static void normalise(double[] x) {
            double norm = Vectors.norm(x);
            for (int i = 0; i < x.length; i++) {
                x[i] /= norm;
            }
        }

        private Matrix leading(int m) {
            Matrix result = Matrix.zeros(m, m);
            for (int j = 0; j < m; j++) {
                for (int i = 0; i < m; i++) {
                    result.set(i, j, projected.get(i, j));
                }
            }
            return result;
        }

        private boolean converged(SymmetricEigen eigen, double coupling) {
            int m = eigen.values().length;
            double goal =
                    options.relativeResidual() * Math.max(Math.abs(eigen.values()[0]), Math.abs(eigen.values()[m - 1]));
            if (m < 2 * options.wanted()) {
                return false;
            }
            for (int i = 0; i < options.wanted(); i++) {
                if (!(coupling * Math.abs(eigen.vectors().get(m - 1, i)) <= goal)
                        || !(coupling * Math.abs(eigen.vectors().get(m - 1, m - 1 - i)) <= goal)) {
                    return false;
                }
            }
            return true;
        }

        /** Keeps the Ritz vectors of both ends as the new basis; the next vector couples to all of them. */
        private void restart(SymmetricEigen eigen) {
            int m = basis.size();
            int keep = options.wanted() + EXTRA;
            List<double[]> kept = new ArrayList<>();
            double[] values = new double[2 * keep];
            for (int i = 0; i < 2 * keep; i++) {
                int column = i < keep ? i : m - 2 * keep + i;
                values[i] = eigen.values()[column];
                kept.add(combination(eigen.vectors(), column));
            }
            basis.clear();
            basis.addAll(kept);
            Arrays.fill(projected.data(), 0);
            for (int i = 0; i < values.length; i++) {
                projected.set(i, i, values[i]);
            }
        }

        private double[] combination(Matrix vectors, int column) {
            double[] result = new double[order];
            for (int i = 0; i < basis.size(); i++) {
                Vectors.add(vectors.get(i, column), basis.get(i), result);
            }
            return result;
        }

        private Result result(SymmetricEigen eigen, boolean converged) {
            int m = basis.size();
            int count = Math.min(options.wanted(), m);
            List<Pair> lowest = new ArrayList<>();
            List<Pair> highest = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                lowest.add(pair(combination(eigen.vectors(), i)));
                highest.add(pair(combination(eigen.vectors(), m - 1 - i)));
            }
            return new Result(List.copyOf(lowest), List.copyOf(highest), products, converged);
        }

        private Pair pair(double[] vector) {
            normalise(vector);
            double[] image = new double[order];
            operator.apply(vector, image);
            operator.restrict(image);
            products++;
            double value = Vectors.dot(vector, image);
            Vectors.add(-value, vector, image);
            return new Pair(value, Vectors.norm(image), vector);
        }
    }
}
