package io.github.collapse4j.lastlayer;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.measure.PassSums;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.FeatureDomain;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.stats.ClassMoments;
import io.github.collapse4j.stats.MomentsAccumulator;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The result of one pass over the features.
 *
 * @param loss g
 * @param accuracy share of correctly classified samples
 * @param gradientTimesFeatures ∇g·Hᵀ, {@code K×d}
 * @param biasGradient ∇g·1
 * @param biasTerms the sums of the absolute values of the terms of {@code biasGradient}
 * @param sigmaMax σ_max(∇g), or a lower bound on it
 * @param sigmaIsExact whether {@code sigmaMax} is σ_max itself
 * @param featureNorm ‖H‖
 * @param backNorm ‖Wᵀ∇g‖
 * @param isNonnegative whether no feature is negative
 * @param counts number of samples of each class
 * @param classMeans {@code d×K}
 */
record LastLayerPass(
        double loss,
        double accuracy,
        Matrix gradientTimesFeatures,
        double[] biasGradient,
        double[] biasTerms,
        double sigmaMax,
        boolean sigmaIsExact,
        double featureNorm,
        double backNorm,
        boolean isNonnegative,
        ClassCounts counts,
        Matrix classMeans) {
    /** A squared sum below this share of its squared terms has lost too many digits. */
    private static final double CANCELLED = 1e-2;

    /** @throws EmptyClassException if a class has no sample */
    static LastLayerPass over(LastLayer layer, Loss loss) {
        PassSums pass = layer.samples().run(new LayerRequest(layer.loss(loss)), 1, 1);
        ClassMoments moments = pass.find(MomentsAccumulator.class).orElseThrow().snapshot();
        LayerSums sums = pass.find(LayerAccumulator.class).orElseThrow().snapshot();
        int classes = layer.classes();
        double share = 1 / sums.weight();
        double[] rows = sums.rows();
        for (int i = 0; i < rows.length; i++) {
            rows[i] *= share;
        }
        return new LastLayerPass(
                sums.loss() / sums.weight(),
                sums.correct() / sums.weight(),
                sums.product().scale(share),
                Arrays.copyOf(rows, classes),
                Arrays.copyOfRange(rows, classes, 2 * classes),
                sums.norm() / sums.weight(),
                sums.normIsExact(),
                Math.sqrt(sums.featureSquares()),
                Math.sqrt(sums.backSquares()) / sums.weight(),
                sums.negatives() == 0,
                counts(moments.counts()),
                moments.means());
    }

    static ClassCounts counts(long[] counts) {
        for (int k = 0; k < counts.length; k++) {
            if (counts[k] == 0) {
                int[] present = IntStream.range(0, counts.length)
                        .filter(label -> counts[label] > 0)
                        .toArray();
                throw new EmptyClassException(counts.length, k, present);
            }
        }
        return ClassCounts.of(counts);
    }

    /**
     * ‖Wᵀ∇g + λ_H H‖ for the layer of this pass. Near an optimum the two terms cancel; only then is a second pass made.
     *
     * @param inner ⟨∇g, WH⟩
     */
    double featureGradientNorm(LastLayer layer, Loss loss, double lambdaH, double inner) {
        double size = Math.max(backNorm, lambdaH * featureNorm);
        double ofLoss = backNorm / size;
        double ofFeatures = lambdaH * featureNorm / size;
        double terms = ofLoss * ofLoss + ofFeatures * ofFeatures;
        double square = terms + 2 * (lambdaH / size) * (inner / size);
        return square > CANCELLED * terms
                ? size * Math.sqrt(square)
                : featureGradientNorm(layer, loss, lambdaH, FeatureDomain.FREE);
    }

    /**
     * The same for non-negative features, without components that point out of H ≥ 0; takes a second pass, or if the
     * source can be read only once, is the norm with them.
     */
    double projectedGradientNorm(LastLayer layer, Loss loss, double lambdaH, double inner) {
        return layer.samples().isRereadable()
                ? featureGradientNorm(layer, loss, lambdaH, FeatureDomain.NONNEGATIVE)
                : featureGradientNorm(layer, loss, lambdaH, inner);
    }

    private double featureGradientNorm(LastLayer layer, Loss loss, double lambdaH, FeatureDomain domain) {
        if (!layer.samples().isRereadable()) {
            throw new IllegalArgumentException(
                    "features: expected a source that can be read twice, as the gradient of a"
                            + " nearly stationary layer takes, found one that can be read only once (put them into a file)");
        }
        double samples = counts.samples();
        PassSums pass = layer.samples()
                .run(new LayerRequest.FeatureGradient(layer.loss(loss), lambdaH * samples, domain), 2, 2);
        return Math.sqrt(pass.find(FeatureGradientAccumulator.class)
                        .orElseThrow()
                        .snapshot())
                / samples;
    }

    /** √n_k times the class means, {@code d×K}: the features of the reduced model. */
    Matrix scaledClassMeans() {
        Matrix means = classMeans.copy();
        int d = means.rows();
        for (int i = 0; i < means.data().length; i++) {
            means.data()[i] *= Math.sqrt((double) counts.count(i / d));
        }
        return means;
    }
}
