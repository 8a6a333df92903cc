package io.github.collapse4j.metrics;

import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.stats.ClassMoments;
import io.github.collapse4j.stats.LinearClassifier;

/**
 * ‖b + W h_G‖, the length of the mean logit vector, where h_G is always the mean of all samples, whatever μ_G is
 * elsewhere (docs/theory.md §9; Zhu et al. 2021, arXiv 2105.02375, for equal counts). It vanishes at the cross-entropy
 * optimum with equal counts.
 */
public final class BiasRelation {
    private BiasRelation() {}

    /** Requires at least one class with samples. */
    public static double of(LinearClassifier classifier, ClassMoments moments) {
        double[] mean =
                CentredMeans.of(moments, CentredMeans.GlobalMean.OF_SAMPLES).globalMean();
        double[] logits = new double[classifier.classes()];
        for (int k = 0; k < classifier.classes(); k++) {
            double logit = classifier.bias()[k];
            for (int i = 0; i < mean.length; i++) {
                logit += classifier.weights().get(k, i) * mean[i];
            }
            logits[k] = logit;
        }
        return Vectors.norm(logits);
    }
}
