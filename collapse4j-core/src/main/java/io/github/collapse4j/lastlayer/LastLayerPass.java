package io.github.collapse4j.lastlayer;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.measure.PassSums;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.FeatureDomain;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.stats.ClassMoments;
import io.github.collapse4j.stats.MomentsAccumulator;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
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
 * @param seen the projection on what the head sees, if it was given
 * @param seenSquares ‖PH‖² for the projection P on what the head sees, if it is known from this pass
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
        Optional<LogitProjection> seen,
        OptionalDouble seenSquares,
        boolean isNonnegative,
        ClassCounts counts,
        Matrix classMeans) {
    /** A squared sum below this share of its squared terms has lost too many digits. */
    private static final double CANCELLED = 1e-2;

    /** Norms of W and H relative to those of what a head sees, up to whose product that follows from this pass. */
    private static final double ALIKE = 1e4;

    /** ‖WᵀE‖ relative to ‖W‖‖E‖ below which it has lost too many digits when it is computed from EEᵀ. */
    private static final double LOST = 1e-3;

    /** @throws EmptyClassException if a class has no sample */
    static LastLayerPass over(LastLayer layer, Loss loss) {
        return over(layer, loss, Optional.empty());
    }

    /**
     * A pass that also sums the squares of what the head sees.
     *
     * @param seen the projection on it
     */
    static LastLayerPass over(LastLayer layer, Loss loss, Optional<LogitProjection> seen) {
        boolean seesAll = seen.filter(LogitProjection::isWhole).isPresent();
        Matrix toSeen = seen.filter(projection -> !projection.isWhole())
                .map(LogitProjection::fromLogits)
                .orElseGet(() -> Matrix.zeros(0, layer.classes()));
        PassSums pass = layer.samples().run(new LayerRequest(layer.loss(loss), toSeen), 1, 1);
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
                backNorm(layer, loss, sums) / sums.weight(),
                seen,
                sums.weight() != Arrays.stream(moments.counts()).sum()
                        ? OptionalDouble.empty()
                        : seesAll ? OptionalDouble.of(sums.featureSquares()) : sums.seenSquares(),
                sums.negatives() == 0,
                counts(moments.counts()),
                moments.means());
    }

    private static double backNorm(LastLayer layer, Loss loss, LayerSums sums) {
        double norm = Math.sqrt(sums.backSquares());
        boolean isAccurate = !sums.normIsExact()
                || norm > LOST * layer.classifier().norm() * sums.norm()
                || !Double.isFinite(sums.norm());
        return isAccurate || !layer.samples().isRereadable()
                ? norm
                : Math.sqrt(gradientSquares(layer, loss, 0, FeatureDomain.FREE));
    }

    /**
     * The pass over the same layer as its head sees it, for which the squares of those features suffice: the residuals
     * are the same, and {@code E·(P(H − m1ᵀ))ᵀ = (EHᵀ − E1·mᵀ)Pᵀ}. Empty if too many digits would cancel.
     *
     * @param view P and m
     * @param seen the classifier that takes the features of the view
     */
    Optional<LastLayerPass> seenThrough(HeadView view, LastLayer layer, Matrix seen) {
        double norm = seenNorm(view, layer, seen).orElseGet(() -> view.featureNorm(layer.samples()));
        if (!(layer.classifier().norm() * featureNorm <= ALIKE * seen.norm() * norm)) {
            return Optional.empty();
        }
        Matrix origin = Matrix.wrap(view.origin().length, 1, view.origin());
        Matrix shifted = gradientTimesFeatures.copy();
        LinearAlgebra.multiply(
                -1, Matrix.wrap(biasGradient.length, 1, biasGradient), Op.NONE, origin, Op.TRANSPOSE, 1, shifted);
        return Optional.of(new LastLayerPass(
                loss,
                accuracy,
                LinearAlgebra.multiply(shifted, Op.NONE, view.projection(), Op.TRANSPOSE),
                biasGradient,
                biasTerms,
                sigmaMax,
                sigmaIsExact,
                norm,
                backNorm,
                Optional.empty(),
                OptionalDouble.empty(),
                false,
                counts,
                view.apply(classMeans)));
    }

    /** The norm of the view from the sums of this pass; empty if too many digits would cancel. */
    private OptionalDouble seenNorm(HeadView view, LastLayer layer, Matrix seen) {
        if (seenSquares.isEmpty()) {
            return seenSquares;
        }
        double samples = counts.samples();
        Matrix origin = Matrix.wrap(view.origin().length, 1, view.origin());
        double offset = LinearAlgebra.multiply(view.projection(), origin).norm();
        double squares = seenSquares.getAsDouble() - samples * offset * offset;
        double ofLogits = layer.classifier().norm() * featureNorm + Math.sqrt(samples) * Vectors.norm(layer.bias());
        boolean isAccurate = squares > CANCELLED * seenSquares.getAsDouble()
                && ofLogits <= ALIKE * smallestColumn(seen) * Math.sqrt(squares);
        return isAccurate ? OptionalDouble.of(Math.sqrt(squares)) : OptionalDouble.empty();
    }

    private static double smallestColumn(Matrix matrix) {
        return IntStream.range(0, matrix.columns())
                .mapToDouble(j -> Vectors.norm(matrix.column(j)))
                .min()
                .orElse(0);
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
     * As {@link #featureGradientNorm}, for non-negative features: without components that point out of H ≥ 0. Takes a
     * second pass; if the source can be read only once, these components are included.
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
        return Math.sqrt(gradientSquares(layer, loss, lambdaH * samples, domain)) / samples;
    }

    /** {@code ‖WᵀE + ν·H‖²}, in a pass over the samples. */
    private static double gradientSquares(LastLayer layer, Loss loss, double factor, FeatureDomain domain) {
        return layer.samples()
                .run(new LayerRequest.FeatureGradient(layer.loss(loss), factor, domain), 2, 2)
                .find(FeatureGradientAccumulator.class)
                .orElseThrow()
                .snapshot();
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
