package io.github.collapse4j.djl;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far a last layer has collapsed, and how far it is from its optimum, at the end of an epoch.
 *
 * @param epoch number of the epoch, from 1
 * @param loss the mean loss of the probed samples, without penalties
 * @param accuracy accuracy of the network on the probed samples
 * @param nc1 tr(Σ_W Σ_B†)/K: variability within classes relative to variability between classes
 * @param nc2 distance of the classifier from a simplex ETF
 * @param nc3 distance of classifier and class means from alignment
 * @param nc4 share of samples on which the nearest class mean and the classifier agree
 * @param mu the implied μ, or √(λ_W λ_H) if they are given
 * @param sigmaOverMu σ_max(∇g)/μ, 1 at an optimum
 * @param relativeGap certified gap: the layer's objective exceeds the global minimum by at most this share,
 *     without negative entries if the features have none; NaN if the implied penalties are not positive, so that there
 *     is no model
 */
public record CollapseState(
        int epoch,
        double loss,
        double accuracy,
        double nc1,
        double nc2,
        double nc3,
        double nc4,
        double mu,
        double sigmaOverMu,
        double relativeGap) {

    /** The figures by their names in logs and metrics, in order. */
    public Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("loss", loss);
        figures.put("accuracy", accuracy);
        figures.put("nc1", nc1);
        figures.put("nc2", nc2);
        figures.put("nc3", nc3);
        figures.put("nc4", nc4);
        figures.put("mu", mu);
        figures.put("sigmaOverMu", sigmaOverMu);
        figures.put("relativeGap", relativeGap);
        return figures;
    }
}
