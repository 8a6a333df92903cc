package io.github.collapse4j.certificate;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.DataTerm;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import java.util.Arrays;

/**
 * Distance from criticality, block by block, relative to the terms that cancel at a critical point. The units keep
 * points near zero meaningful.
 *
 * @param classifier ‖∇_W f‖ / (λ_W·max(‖W‖, (λ_H/λ_W)^¼))
 * @param features ‖∇_H f‖ / (λ_H·max(‖H‖, (λ_W/λ_H)^¼))
 * @param bias ‖∇g·1 + λ_b b‖ / (‖a‖ + λ_b‖b‖), where a_k is the sum of magnitudes of the terms of (∇g·1)_k; 0 without
 *     bias
 */
public record Residuals(double classifier, double features, double bias) {

    /**
     * Residuals from the norms of the gradient's blocks.
     *
     * @param ofW ‖∇_W f‖
     * @param ofH ‖∇_H f‖
     * @param normW ‖W‖
     * @param normH ‖H‖
     * @param bias the relative residual of the bias, from {@link #ofBias}
     */
    public static Residuals of(
            double lambdaW, double lambdaH, double ofW, double ofH, double normW, double normH, double bias) {
        double unitW = Math.pow(lambdaH / lambdaW, 0.25);
        return new Residuals(
                ratio(ofW, lambdaW * Math.max(normW, unitW)), ratio(ofH, lambdaH * Math.max(normH, 1 / unitW)), bias);
    }

    /**
     * The relative residual of a bias.
     *
     * @param gradient ∇g·1
     * @param terms a: the sums of the absolute values of the terms of {@code gradient}
     * @param bias b
     * @param lambda λ_b
     */
    public static double ofBias(double[] gradient, double[] terms, double[] bias, double lambda) {
        double[] sum = gradient.clone();
        Vectors.add(lambda, bias, sum);
        return ratio(Vectors.norm(sum), Vectors.norm(terms) + lambda * Vectors.norm(bias));
    }

    /** An exactly zero residual is zero relative to anything, including zero; a NaN stays NaN. */
    private static double ratio(double residual, double size) {
        return residual == 0 ? 0 : residual / size;
    }

    static Residuals of(UfmObjective objective, UfmPoint point, double[] gradient) {
        UfmProblem problem = objective.model().problem();
        int sizeW = point.classifier().data().length;
        int sizeH = point.features().data().length;
        return of(
                problem.lambdaW(),
                problem.lambdaH(),
                Vectors.norm(Arrays.copyOfRange(gradient, 0, sizeW)),
                Vectors.norm(Arrays.copyOfRange(gradient, sizeW, sizeW + sizeH)),
                point.classifier().norm(),
                point.features().norm(),
                problem.bias().isPresent() ? ofBias(objective, point.bias()) : 0);
    }

    private static double ofBias(UfmObjective objective, double[] bias) {
        DataTerm data = objective.model().dataTerm();
        Matrix residual = objective.residual();
        double[] terms = new double[bias.length];
        for (int j = 0; j < data.columns(); j++) {
            for (int k = 0; k < terms.length; k++) {
                terms[k] += data.weight(j) * Math.abs(residual.get(k, j));
            }
        }
        double lambda = objective.model().problem().bias().lambda();
        return ofBias(BiasSolver.weightedRowSums(data, residual), terms, bias, lambda);
    }

    /** The largest of the three; NaN if any is NaN, which no tolerance accepts. */
    public double largest() {
        return Math.max(classifier, Math.max(features, bias));
    }
}
