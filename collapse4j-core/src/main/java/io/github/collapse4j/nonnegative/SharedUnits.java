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
        UfmProblem balanced = search.balanced();
        UfmModel model = UfmModel.reduced(balanced);
        int[] alive = IntStream.range(0, balanced.classes())
                .filter(k -> lasso.survives(lasso.model().groups().groupOf()[k]))
                .toArray();
        Optional<GramPoint> point = alive.length == 0 ? Optional.empty() : Optional.of(start(lasso, alive));
        for (int round = 0; round < ROUNDS && point.isPresent(); round++) {
            point = GramDescent.from(new GramTwin(model, alive), point.get());
            int[] living = point.map(SharedUnits::living).orElse(new int[0]);
            if (living.length == alive.length || living.length == 0) {
                break;
            }
            GramPoint all = point.orElseThrow();
            point = Optional.of(new GramPoint(
                    columns(all.product(), living),
                    all.bias(),
                    columns(columns(all.gram(), living).transpose(), living)));
            int[] before = alive;
            alive = IntStream.of(living).map(j -> before[j]).toArray();
        }
        int[] classes = alive;
        return point.flatMap(found -> Stream.of(triangular(found.gram()), root(found.gram()))
                .flatMap(Optional::stream)
                .map(features -> minimum(balanced, found, classes, features))
                .min(Comparator.comparingDouble(UnitSearch.Minimum::objective)));
    }

    private static GramPoint start(LassoSolution lasso, int[] alive) {
        UfmPoint units = lasso.point(alive.length);
        Matrix product = Matrix.zeros(units.classifier().rows(), alive.length);
        Matrix gram = Matrix.zeros(alive.length, alive.length);
        for (int j = 0; j < alive.length; j++) {
            for (int k = 0; k < product.rows(); k++) {
                product.set(
                        k, j, units.classifier().get(k, j) * units.features().get(j, alive[j]));
            }
            gram.set(j, j, lasso.norm(lasso.model().groups().groupOf()[alive[j]]));
        }
        return new GramPoint(product, units.bias(), gram);
    }

    private static int[] living(GramPoint point) {
        double largest = Vectors.maxAbs(point.gram().data());
        return IntStream.range(0, point.gram().rows())
                .filter(k -> point.gram().get(k, k) > DEAD * largest)
                .toArray();
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
    private static UnitSearch.Minimum minimum(UfmProblem balanced, GramPoint found, int[] alive, Matrix features) {
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
