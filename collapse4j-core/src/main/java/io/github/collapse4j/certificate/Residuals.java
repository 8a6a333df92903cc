package io.github.collapse4j.certificate;

import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import java.util.Arrays;

/**
 * How far a point is from being critical, block by block.
 *
 * @param classifier ‖∇_W f‖ / (λ_W·max(‖W‖, (λ_H/λ_W)^¼)): the scale keeps points near zero meaningful
 * @param features ‖∇_H f‖ / (λ_H·max(‖H‖, (λ_W/λ_H)^¼))
 * @param bias ‖∇_b f‖ = ‖∇g·1 + λ_b b‖, absolute; 0 without bias
 */
public record Residuals(double classifier, double features, double bias) {

    static Residuals of(UfmProblem problem, UfmObjective objective, UfmPoint point, double[] gradient) {
        int sizeW = point.classifier().data().length;
        int sizeH = point.features().data().length;
        double unitW = Math.pow(problem.lambdaH() / problem.lambdaW(), 0.25);
        return new Residuals(
                Vectors.norm(Arrays.copyOfRange(gradient, 0, sizeW))
                        / (problem.lambdaW() * Math.max(point.classifier().norm(), unitW)),
                Vectors.norm(Arrays.copyOfRange(gradient, sizeW, sizeW + sizeH))
                        / (problem.lambdaH() * Math.max(point.features().norm(), 1 / unitW)),
                Vectors.norm(Arrays.copyOfRange(gradient, sizeW + sizeH, objective.dimension())));
    }

    /** The largest of the three. */
    public double largest() {
        return Math.max(classifier, Math.max(features, bias));
    }
}
