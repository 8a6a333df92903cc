package io.github.collapse4j.cosine;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SeededRandom;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.SimplexEtf;
import java.util.random.RandomGenerator;

/**
 * Unit vectors for classes and groups of samples. The columns are of norm 1 to rounding; matrices are not copied.
 *
 * @param classifier the rows of W as columns, {@code d×K}
 * @param features H, {@code d×M}
 */
public record CosinePoint(Matrix classifier, Matrix features) {
    /**
     * The point of a W and an H, each vector divided by its norm.
     *
     * @param weights {@code K×d}
     * @param features {@code d×M}
     * @throws IllegalArgumentException if the shapes do not fit; a {@link CosineInputException} if a vector is zero or not
     *     finite
     */
    public static CosinePoint of(Matrix weights, Matrix features) {
        if (weights.columns() != features.rows()) {
            throw new IllegalArgumentException("features: expected d×M with d = " + weights.columns()
                    + " as the weights have, found " + features.rows() + "×" + features.columns());
        }
        Matrix classifier = weights.transpose();
        normalise(classifier, "weights[row ");
        Matrix unit = features.copy();
        normalise(unit, "features[column ");
        return new CosinePoint(classifier, unit);
    }

    /** A point of independent uniform directions, which depends only on the seed and the number. */
    static CosinePoint random(CosineProblem problem, long seed, long number) {
        RandomGenerator random = SeededRandom.of(seed * 1_000_003L + number);
        int d = problem.featureDimension();
        Matrix weights = Matrix.zeros(problem.classes(), d);
        Matrix features = Matrix.zeros(d, problem.groups());
        for (Matrix matrix : new Matrix[] {weights, features}) {
            for (int i = 0; i < matrix.data().length; i++) {
                matrix.data()[i] = random.nextGaussian();
            }
        }
        return of(weights, features);
    }

    /** The simplex ETF with every feature at its class, for d ≥ K − 1: the global minimum for balanced classes. */
    static CosinePoint simplex(CosineProblem problem, long seed) {
        int d = problem.featureDimension();
        Matrix weights = SimplexEtf.of(problem.classes(), d, 1, seed);
        Matrix features = Matrix.zeros(d, problem.groups());
        for (int i = 0; i < problem.groups(); i++) {
            for (int j = 0; j < d; j++) {
                features.set(j, i, weights.get(problem.labels()[i], j));
            }
        }
        return of(weights, features);
    }

    /** W, {@code K×d}. */
    public Matrix weights() {
        return classifier.transpose();
    }

    /** All cosines R = WH, {@code K×M}. */
    public Matrix cosines() {
        return LinearAlgebra.multiply(classifier, LinearAlgebra.Op.TRANSPOSE, features, LinearAlgebra.Op.NONE);
    }

    /** All vectors, {@code d×(K+M)}: first the classes, then the groups. */
    Matrix units() {
        Matrix all = Matrix.zeros(classifier.rows(), classifier.columns() + features.columns());
        System.arraycopy(classifier.data(), 0, all.data(), 0, classifier.data().length);
        System.arraycopy(features.data(), 0, all.data(), classifier.data().length, features.data().length);
        return all;
    }

    /** The inverse of {@link #units}. */
    static CosinePoint ofUnits(double[] units, int d, int classes) {
        int groups = units.length / d - classes;
        Matrix classifier = Matrix.zeros(d, classes);
        Matrix features = Matrix.zeros(d, groups);
        System.arraycopy(units, 0, classifier.data(), 0, d * classes);
        System.arraycopy(units, d * classes, features.data(), 0, d * groups);
        return new CosinePoint(classifier, features);
    }

    /** The same vectors but for one feature, which is reversed. */
    CosinePoint withFlippedFeature(int group) {
        Matrix flipped = features.copy();
        for (int i = 0; i < flipped.rows(); i++) {
            flipped.set(i, group, -flipped.get(i, group));
        }
        return new CosinePoint(classifier, flipped);
    }

    /** The same vectors in d dimensions, of which the new ones are not used. */
    CosinePoint padTo(int d) {
        return new CosinePoint(padded(classifier, d), padded(features, d));
    }

    private static Matrix padded(Matrix matrix, int d) {
        Matrix result = Matrix.zeros(d, matrix.columns());
        for (int j = 0; j < matrix.columns(); j++) {
            System.arraycopy(matrix.data(), j * matrix.rows(), result.data(), j * d, matrix.rows());
        }
        return result;
    }

    private static void normalise(Matrix matrix, String name) {
        for (int j = 0; j < matrix.columns(); j++) {
            double norm = Vectors.norm(matrix.column(j));
            if (!(norm > 0) || !(norm < Double.POSITIVE_INFINITY)) {
                throw new CosineInputException(
                        name + j + "]: expected a finite vector other than zero, found one of norm " + norm);
            }
            // Twice: the quotients of subnormal entries lose digits.
            divide(matrix, j, norm);
            divide(matrix, j, Vectors.norm(matrix.column(j)));
        }
    }

    private static void divide(Matrix matrix, int column, double norm) {
        for (int i = 0; i < matrix.rows(); i++) {
            matrix.set(i, column, matrix.get(i, column) / norm);
        }
    }
}
