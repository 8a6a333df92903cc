package io.github.collapse4j.nonnegative;

import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SymmetricEigen;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Minima in which many classes share units, from the twin in the features' Gram matrix C (docs/theory.md §14): factors
 * {@code C = HᵀH} with {@code H ≥ 0} attain its value, and the polar certifies it.
 */
final class SharedUnits {
    /** Norm of a class's features, relative to the largest, below which it is dead. */
    private static final double DEAD = 1e-9;

    /** How often classes that have died on the way are left out. */
    private static final int ROUNDS = 4;

    private SharedUnits() {}

    /** From the solution of the group lasso, whose dead classes stay dead; empty if no features give the Gram matrix. */
    static Optional<UnitSearch.Minimum> of(UnitSearch search, LassoSolution lasso) {
        LassoModel model = lasso.model();
        int[] alive = IntStream.range(0, model.size()).filter(lasso::survives).toArray();
        Optional<GramPoint> point = alive.length == 0 ? Optional.empty() : Optional.of(start(lasso, alive));
        for (int round = 0; round < ROUNDS && point.isPresent(); round++) {
            point = GramDescent.from(new GramTwin(model, alive), point.get());
            int[] living = point.map(SharedUnits::living).orElse(new int[0]);
            if (living.length == alive.length || living.length == 0) {
                break;
            }
            point = Optional.of(kept(point.orElseThrow(), living));
            int[] before = alive;
            alive = IntStream.of(living).map(j -> before[j]).toArray();
        }
        int[] groups = alive;
        return point.flatMap(found -> {
            Whole whole = Whole.of(model, groups, found);
            return Stream.of(triangular(whole.gram()), root(whole.gram()))
                    .flatMap(Optional::stream)
                    .map(features -> minimum(search.balanced(), whole, features))
                    .min(Comparator.comparingDouble(UnitSearch.Minimum::objective));
        });
    }

    private static GramPoint start(LassoSolution lasso, int[] alive) {
        Matrix gram = Matrix.zeros(alive.length + 1, alive.length);
        for (int j = 0; j < alive.length; j++) {
            gram.set(alive.length, j, lasso.norm(alive[j]));
        }
        return new GramPoint(columns(lasso.columns(), alive), lasso.bias().clone(), gram);
    }

    private static int[] living(GramPoint point) {
        int own = point.gram().columns();
        double[] norms = new double[own];
        Arrays.setAll(norms, j -> point.gram().get(own, j));
        double largest = Vectors.maxAbs(norms);
        return IntStream.range(0, own).filter(j -> norms[j] > DEAD * largest).toArray();
    }

    /** The point without the groups that have died. */
    private static GramPoint kept(GramPoint point, int[] living) {
        Matrix gram = columns(point.gram(), living);
        Matrix square = Matrix.zeros(living.length + 1, living.length);
        for (int j = 0; j < living.length; j++) {
            for (int i = 0; i < living.length; i++) {
                square.set(i, j, gram.get(living[i], j));
            }
            square.set(living.length, j, gram.get(gram.rows() - 1, j));
        }
        return new GramPoint(columns(point.product(), living), point.bias(), square);
    }

    /**
     * A point in single classes.
     *
     * @param alive the classes that are alive, ascending
     * @param product their columns of R̂, {@code K×m}
     * @param gram C, {@code m×m}
     */
    private record Whole(int[] alive, Matrix product, double[] bias, Matrix gram) {
        static Whole of(LassoModel model, int[] groups, GramPoint point) {
            int[] groupOf = model.groups().groupOf();
            int[] columnOf = new int[model.size()];
            Arrays.fill(columnOf, -1);
            for (int j = 0; j < groups.length; j++) {
                columnOf[groups[j]] = j;
            }
            int[] alive = IntStream.range(0, groupOf.length)
                    .filter(k -> columnOf[groupOf[k]] >= 0)
                    .toArray();
            Matrix product = Matrix.zeros(groupOf.length, alive.length);
            Matrix gram = Matrix.zeros(alive.length, alive.length);
            for (int i = 0; i < alive.length; i++) {
                int column = columnOf[groupOf[alive[i]]];
                for (int k = 0; k < groupOf.length; k++) {
                    product.set(k, i, point.product().get(k == alive[i] ? model.size() : groupOf[k], column));
                }
                for (int k = 0; k < alive.length; k++) {
                    gram.set(k, i, point.gram().get(k == i ? groups.length : columnOf[groupOf[alive[k]]], column));
                }
            }
            double[] bias = new double[groupOf.length];
            Arrays.setAll(bias, k -> point.bias()[groupOf[k]]);
            return new Whole(alive, product, bias, gram);
        }
    }

    private static Matrix columns(Matrix matrix, int[] kept) {
        Matrix columns = Matrix.zeros(matrix.rows(), kept.length);
        for (int j = 0; j < kept.length; j++) {
            System.arraycopy(matrix.data(), kept[j] * matrix.rows(), columns.data(), j * matrix.rows(), matrix.rows());
        }
        return columns;
    }

    /**
     * The Cholesky factor, with classes that share least first: where the neighbours of each class that is eliminated
     * share with one another, zeros stay zeros.
     */
    private static Optional<Matrix> triangular(Matrix gram) {
        int n = gram.rows();
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingLong(k ->
                        IntStream.range(0, n).filter(j -> gram.get(j, k) > 0).count()))
                .mapToInt(Integer::intValue)
                .toArray();
        Matrix ordered = columns(columns(gram, order).transpose(), order);
        return LinearAlgebra.cholesky(ordered).map(factor -> {
            Matrix features = Matrix.zeros(n, n);
            for (int j = 0; j < n; j++) {
                for (int i = j; i < n; i++) {
                    features.set(j, order[i], Math.max(0, factor.get(i, j)));
                }
            }
            return features;
        });
    }

    /** The symmetric square root. */
    private static Optional<Matrix> root(Matrix gram) {
        SymmetricEigen eigen = LinearAlgebra.symmetricEigen(gram);
        Matrix scaled = eigen.vectors().copy();
        for (int j = 0; j < gram.columns(); j++) {
            double fourth = Math.sqrt(Math.sqrt(Math.max(0, eigen.values()[j])));
            for (int i = 0; i < gram.rows(); i++) {
                scaled.set(i, j, fourth * scaled.get(i, j));
            }
        }
        Matrix root = LinearAlgebra.gramOfRows(scaled);
        for (int i = 0; i < root.data().length; i++) {
            root.data()[i] = Math.max(0, root.data()[i]);
        }
        return Optional.of(root);
    }

    /** The point with these features of the living classes, and the best W for their product. */
    private static UnitSearch.Minimum minimum(UfmProblem balanced, Whole found, Matrix features) {
        int[] alive = found.alive();
        UfmModel model = UfmModel.reduced(balanced.withFeatureDimension(alive.length));
        Matrix dual = LinearAlgebra.multiply(
                found.product(),
                LinearAlgebra.inverseOfCholesky(
                        LinearAlgebra.cholesky(found.gram()).orElseThrow()));
        Matrix w = LinearAlgebra.multiply(dual, Op.NONE, features, Op.TRANSPOSE);
        Matrix h = Matrix.zeros(alive.length, balanced.groups());
        for (int j = 0; j < alive.length; j++) {
            System.arraycopy(features.data(), j * alive.length, h.data(), alive[j] * alive.length, alive.length);
        }
        UfmPoint point = new UfmPoint(w, h, found.bias());
        double objective = model.value(point);
        LowerBound bound = NonnegativeBound.of(model, point, objective);
        return new UnitSearch.Minimum(point, objective, bound);
    }
}
