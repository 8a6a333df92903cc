package io.github.collapse4j.cosine;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.data.SampleReader;
import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.Column;
import io.github.collapse4j.model.CrossEntropy;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one pass over the samples of a trained cosine head sums, at the normalised weights and features. Samples of a class
 * need not coincide: every sample has its own β.
 */
final class CosineLayerPass {
    private static final CrossEntropy CROSS_ENTROPY = new CrossEntropy();
    /** Batches of about a megabyte of cosines. */
    private static final int MAX_ENTRIES = 1 << 17;

    private final double temperature;
    private final double margin;
    private final Matrix classifier;
    private final double[] ones;
    private final long[] counts;
    private final Matrix classifierGradient;
    private final double[] alpha;
    private final double[] masses;
    private final DistinctFeatures distinct;
    private double loss;
    private long correct;
    private double featureGradient;
    private double featureMass;
    private double smallestBeta = Double.POSITIVE_INFINITY;
    private double largestBeta = Double.NEGATIVE_INFINITY;
    private long notPositive;

    /** {@code Σ_i e_ie_iᵀ/β_i} while all β are positive. */
    private final Matrix weighted;

    private CosineLayerPass(CosinePoint rows, double temperature, double margin) {
        int k = rows.classifier().columns();
        this.temperature = temperature;
        this.margin = margin;
        this.classifier = rows.classifier();
        this.ones = new double[k];
        Arrays.fill(ones, 1);
        this.counts = new long[k];
        this.classifierGradient = Matrix.zeros(classifier.rows(), k);
        this.alpha = new double[k];
        this.masses = new double[k];
        this.weighted = Matrix.zeros(k, k);
        this.distinct = new DistinctFeatures(classifier.rows());
    }

    /**
     * Reads all samples once.
     *
     * @throws CosineInputException if a row of the weights or a feature is zero or not finite, naming it
     */
    static CosineLayerPass over(SampleSource samples, Matrix weights, double temperature, double margin) {
        CosinePoint rows = CosinePoint.of(weights, Matrix.zeros(weights.columns(), 0));
        CosineLayerPass pass = new CosineLayerPass(rows, temperature, margin);
        int d = weights.columns();
        SampleBatch batch = new SampleBatch(d, Math.max(1, MAX_ENTRIES / Math.max(d, weights.rows())));
        try (SampleReader reader = samples.open()) {
            long first = 0;
            while (reader.next(batch)) {
                pass.add(batch, first);
                first += batch.count();
            }
        }
        return pass;
    }

    private void add(SampleBatch batch, long first) {
        int n = batch.count();
        int d = classifier.rows();
        int k = classifier.columns();
        Matrix features = Matrix.wrap(d, n, Arrays.copyOf(batch.features(), d * n));
        normalise(features, first);
        Matrix cosines = LinearAlgebra.multiply(classifier, Op.TRANSPOSE, features, Op.NONE);
        Matrix logits = cosines.copy();
        Matrix residual = Matrix.zeros(k, n);
        double[] terms = new double[n];
        for (int i = 0; i < n; i++) {
            int own = batch.labels()[i];
            counts[own]++;
            distinct.add(own, features, i);
            correct += Vectors.indexOfLargest(cosines.data(), i * k, (i + 1) * k) == own ? 1 : 0;
            logits.set(own, i, logits.get(own, i) - margin);
            for (int h = i * k; h < (i + 1) * k; h++) {
                logits.data()[h] *= temperature;
            }
            terms[i] = CROSS_ENTROPY.evaluate(new Column(i * k, k, own, ones, 0), logits.data(), residual.data());
        }
        loss += Vectors.sum(terms);
        addGradients(features, cosines, residual);
    }

    private void addGradients(Matrix features, Matrix cosines, Matrix residual) {
        int k = classifier.columns();
        int d = classifier.rows();
        LinearAlgebra.multiply(1, features, Op.NONE, residual, Op.TRANSPOSE, 1, classifierGradient);
        Matrix pull = LinearAlgebra.multiply(classifier, residual);
        Matrix scaled = Matrix.zeros(k, features.columns());
        for (int i = 0; i < features.columns(); i++) {
            double beta = 0;
            double mass = 0;
            for (int h = 0; h < k; h++) {
                double e = residual.get(h, i);
                alpha[h] -= e * cosines.get(h, i);
                masses[h] += Math.abs(e);
                beta -= e * cosines.get(h, i);
                mass += Math.abs(e);
            }
            for (int j = 0; j < d; j++) {
                double g = pull.get(j, i) + beta * features.get(j, i);
                featureGradient += g * g;
            }
            featureMass += mass * mass;
            smallestBeta = Math.min(smallestBeta, beta);
            largestBeta = Math.max(largestBeta, beta);
            notPositive += beta > 0 ? 0 : 1;
            for (int h = 0; h < k; h++) {
                scaled.set(h, i, residual.get(h, i) / Math.sqrt(beta));
            }
        }
        if (notPositive == 0) {
            LinearAlgebra.multiply(1, scaled, Op.NONE, scaled, Op.TRANSPOSE, 1, weighted);
        }
    }

    private static void normalise(Matrix features, long first) {
        for (int i = 0; i < features.columns(); i++) {
            double norm = Vectors.norm(features.column(i));
            if (!(norm > 0) || !(norm < Double.POSITIVE_INFINITY)) {
                throw new CosineInputException("features: expected a finite vector other than zero, found one of norm "
                        + norm + " for sample " + (first + i));
            }
            for (int j = 0; j < features.rows(); j++) {
                features.set(j, i, features.get(j, i) / norm);
            }
        }
    }

    /** The number of samples of each class. */
    long[] counts() {
        return counts;
    }

    /** The summed facts. */
    CosineLayerFacts facts() {
        double samples = Arrays.stream(counts).sum();
        double unit = temperature / samples;
        double gradient = 0;
        double mass = 0;
        for (int h = 0; h < alpha.length; h++) {
            for (int j = 0; j < classifier.rows(); j++) {
                double g = classifierGradient.get(j, h) + alpha[h] * classifier.get(j, h);
                gradient += g * g;
            }
            mass += masses[h] * masses[h];
        }
        double[] scaled = Arrays.stream(alpha).map(a -> unit * a).toArray();
        return new CosineLayerFacts(
                loss / samples,
                correct / samples,
                scaled,
                unit * smallestBeta,
                unit * largestBeta,
                notPositive,
                weightedSigma(),
                quotient(gradient, mass),
                quotient(featureGradient, featureMass));
    }

    private OptionalDouble weightedSigma() {
        if (notPositive > 0 || !Arrays.stream(alpha).allMatch(a -> a > 0)) {
            return OptionalDouble.empty();
        }
        Matrix scaled = weighted.copy();
        for (int i = 0; i < alpha.length; i++) {
            for (int h = 0; h < alpha.length; h++) {
                scaled.set(h, i, scaled.get(h, i) / Math.sqrt(alpha[h]) / Math.sqrt(alpha[i]));
            }
        }
        double[] ascending = LinearAlgebra.symmetricEigenvalues(scaled);
        return OptionalDouble.of(Math.sqrt(ascending[ascending.length - 1]));
    }

    private static double quotient(double squares, double ofTerms) {
        return squares == 0 ? 0 : Math.sqrt(squares / ofTerms);
    }

    /** The layer as groups of equal samples, if there are few of them. */
    Optional<CosineGroups> groups() {
        return distinct.groups()
                .map(groups -> new CosineGroups(
                        new CosineProblem(
                                counts.length,
                                groups.labels(),
                                groups.counts(),
                                classifier.rows(),
                                temperature,
                                margins()),
                        new CosinePoint(classifier, groups.features())));
    }

    private double[] margins() {
        double[] margins = new double[counts.length];
        Arrays.fill(margins, margin);
        return margins;
    }

    /** A layer whose samples coincide in groups. */
    record CosineGroups(CosineProblem problem, CosinePoint point) {}
}
