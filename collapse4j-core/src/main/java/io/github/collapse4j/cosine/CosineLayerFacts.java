package io.github.collapse4j.cosine;

import java.util.OptionalDouble;

/**
 * What is measured of a trained cosine head, at its normalised weights and features.
 *
 * @param objective F, the mean loss with the margin
 * @param accuracy share of samples whose own cosine is the largest, without the margin
 * @param alpha α of each class
 * @param smallestBeta the smallest β of a sample
 * @param largestBeta the largest
 * @param notPositive number of samples with β ≤ 0: the loss pulls these into the ball
 * @param weightedSigma {@code σ_max(D_α^{−½}GD_β^{−½})} with the derivatives G by the cosines of all samples: 1 at a global minimum, larger
 *     at every other critical point; empty unless all multipliers are positive
 * @param residualW norm of the tangent gradient with respect to W, relative to its terms; 0 at a stationary head
 * @param residualH the same for the features
 */
public record CosineLayerFacts(
        double objective,
        double accuracy,
        double[] alpha,
        double smallestBeta,
        double largestBeta,
        long notPositive,
        OptionalDouble weightedSigma,
        double residualW,
        double residualH) {}
