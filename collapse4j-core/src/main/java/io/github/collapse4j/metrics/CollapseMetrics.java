package io.github.collapse4j.metrics;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Svd;

/**
 * NC1–NC3 of features and a classifier in memory (docs/theory.md §9).
 *
 * @param nc1 tr(Σ_W Σ_B†)/K, the pseudo-inverse at rank K − 1 (Papyan, Han and Donoho 2020)
 * @param nc2 ‖A/‖A‖ − (I − J/K)/√(K−1)‖ for A = WWᵀ (Zhu et al. 2021)
 * @param nc3 the same for A = W M with the centred class means M (Zhu et al. 2021)
 */
public record CollapseMetrics(double nc1, double nc2, double nc3) {

    /**
     * Measures features {@code d×N} with a label each and a classifier {@code K×d}; every class has a sample, K ≥ 2 and
     * the class means span K − 1 dimensions.
     */
    public static CollapseMetrics of(Matrix features, int[] labels, Matrix classifier) {
        int classes = classifier.rows();
        int d = features.rows();
        Matrix means = Matrix.zeros(d, classes);
        int[] counts = new int[classes];
        for (int j = 0; j < labels.length; j++) {
            counts[labels[j]]++;
            for (int i = 0; i < d; i++) {
                means.data()[labels[j] * d + i] += features.data()[j * d + i];
            }
        }
        for (int k = 0; k < classes; k++) {
            for (int i = 0; i < d; i++) {
                means.data()[k * d + i] /= counts[k];
            }
        }
        Matrix deviations = features.copy();
        for (int j = 0; j < labels.length; j++) {
            for (int i = 0; i < d; i++) {
                deviations.data()[j * d + i] -= means.data()[labels[j] * d + i];
            }
        }
        Matrix centred = centre(means);
        return new CollapseMetrics(
                withinClassVariability(deviations, centred),
                distanceToSimplex(LinearAlgebra.multiply(classifier, Op.NONE, classifier, Op.TRANSPOSE)),
                distanceToSimplex(LinearAlgebra.multiply(classifier, centred)));
    }

    private static Matrix centre(Matrix means) {
        Matrix centred = means.copy();
        for (int i = 0; i < means.rows(); i++) {
            double mean = 0;
            for (int k = 0; k < means.columns(); k++) {
                mean += means.get(i, k) / means.columns();
            }
            for (int k = 0; k < means.columns(); k++) {
                centred.set(i, k, means.get(i, k) - mean);
            }
        }
        return centred;
    }

    /** Σ_B = MMᵀ/K = U S²/K Uᵀ on K − 1 directions, so the trace needs the deviations along them only. */
    private static double withinClassVariability(Matrix deviations, Matrix centredMeans) {
        Svd svd = LinearAlgebra.svd(centredMeans);
        Matrix along = LinearAlgebra.multiply(svd.u(), Op.TRANSPOSE, deviations, Op.NONE);
        double sum = 0;
        int rank = Math.min(centredMeans.columns() - 1, svd.values().length);
        for (int r = 0; r < rank; r++) {
            double squares = 0;
            for (int j = 0; j < along.columns(); j++) {
                squares += along.get(r, j) * along.get(r, j);
            }
            sum += squares / (svd.values()[r] * svd.values()[r]);
        }
        return sum / deviations.columns();
    }

    private static double distanceToSimplex(Matrix gram) {
        int classes = gram.rows();
        Matrix difference = gram.copy().scale(1 / gram.norm());
        double scale = 1 / Math.sqrt(classes - 1.0);
        for (int k = 0; k < classes; k++) {
            for (int l = 0; l < classes; l++) {
                difference.set(k, l, difference.get(k, l) - scale * ((k == l ? 1 : 0) - 1.0 / classes));
            }
        }
        return difference.norm();
    }
}
