package io.github.collapse4j.lastlayer;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.ClassCounts;

/**
 * Shares of ‖H‖², which add up to 1 (docs/theory.md §8).
 *
 * @param offset the mean of all features, which the head cannot tell from a bias
 * @param unseen deviations from it that change no prediction: they are orthogonal to the differences of W's rows
 * @param spread the rest within the classes
 * @param signal the rest between the class means
 */
public record FeatureShares(double offset, double unseen, double spread, double signal) {
    /**
     * Shares from two passes.
     *
     * @param raw over the features
     * @param seen over their projection, the mean of which does not matter
     */
    static FeatureShares of(LastLayerPass raw, LastLayerPass seen) {
        double total = raw.featureNorm() * raw.featureNorm();
        double samples = raw.counts().samples();
        double offset = samples * squares(mean(raw.classMeans(), raw.counts()));
        double[] seenMean = mean(seen.classMeans(), seen.counts());
        double signal = 0;
        double ofMeans = 0;
        int r = seen.classMeans().rows();
        for (int k = 0; k < seen.counts().classes(); k++) {
            double n = seen.counts().count(k);
            for (int a = 0; a < r; a++) {
                double entry = seen.classMeans().get(a, k);
                signal += n * (entry - seenMean[a]) * (entry - seenMean[a]);
                ofMeans += n * entry * entry;
            }
        }
        double spread = Math.max(0, seen.featureNorm() * seen.featureNorm() - ofMeans);
        double unseen = Math.max(0, total - offset - spread - signal);
        double sum = offset + unseen + spread + signal;
        return new FeatureShares(offset / sum, unseen / sum, spread / sum, signal / sum);
    }

    /** The mean of all features from those of the classes. */
    static double[] mean(Matrix classMeans, ClassCounts counts) {
        double[] mean = new double[classMeans.rows()];
        for (int k = 0; k < counts.classes(); k++) {
            double share = counts.count(k) / (double) counts.samples();
            for (int a = 0; a < mean.length; a++) {
                mean[a] += share * classMeans.get(a, k);
            }
        }
        return mean;
    }

    private static double squares(double[] x) {
        double sum = 0;
        for (double entry : x) {
            sum += entry * entry;
        }
        return sum;
    }
}
