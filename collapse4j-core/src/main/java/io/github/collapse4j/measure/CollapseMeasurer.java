package io.github.collapse4j.measure;

import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.linalg.BinaryScale;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.measure.PassRequest.Deciders;
import io.github.collapse4j.metrics.BetweenScatter;
import io.github.collapse4j.metrics.CentredMeans;
import io.github.collapse4j.metrics.CentredMeans.GlobalMean;
import io.github.collapse4j.stats.ClassMoments;
import io.github.collapse4j.stats.Decisions;
import io.github.collapse4j.stats.Deviations;
import io.github.collapse4j.stats.LinearClassifier;
import io.github.collapse4j.stats.WithinScatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Measures neural collapse of a source of samples: one or two multithreaded passes, then the metrics. Memory is bounded
 * by d, K and the batch size, not by N.
 */
public final class CollapseMeasurer {
    /** Largest feature dimension for a source that can be read only once. */
    public static final int MAX_SINGLE_PASS_FEATURES = PassPlan.MAX_FEATURES;

    private final MeasureOptions options;
    private final MeasureListener listener;

    /** A measurer that reports progress to a listener. */
    public CollapseMeasurer(MeasureOptions options, MeasureListener listener) {
        this.options = options;
        this.listener = listener;
    }

    /**
     * Measures everything that can be measured.
     *
     * @param source at least one sample
     * @param classifier W and b; without it there is no NC3 and no NC4
     * @param oodMean mean of out-of-distribution features for NC5, see {@link #mean}
     * @throws IllegalArgumentException if shapes do not fit, a number is not finite or there is no sample
     */
    public CollapseMeasurement measure(
            SampleSource source, Optional<LinearClassifier> classifier, Optional<double[]> oodMean) {
        LinearAlgebra.loadAhead(); // not needed by the first of two passes
        Units units = new Units(ScaledSamples.scaleOf(source));
        if (units.scale().isOne()) {
            return measure(onThreads(source), classifier, oodMean);
        }
        requireShapes(source.featureDimension(), source.classes(), classifier, oodMean);
        return units.fromUnits(
                measure(onThreads(new ScaledSamples(source, units.scale())), classifier.map(units::toUnits), oodMean));
    }

    /**
     * Measures samples that are summed elsewhere, with a number of threads of their own.
     *
     * @throws io.github.collapse4j.linalg.OutOfRangeException if the squares of the features leave the range; a source
     *     that can be read again is rescaled instead
     */
    public CollapseMeasurement measure(
            SamplePasses samples, Optional<LinearClassifier> classifier, Optional<double[]> oodMean) {
        requireShapes(samples.featureDimension(), samples.classes(), classifier, oodMean);
        PassPlan plan = PassPlan.of(samples, options.decisions());
        return plan.passes() == 1
                ? once(samples, classifier, oodMean, plan)
                : twice(samples, classifier, oodMean, plan);
    }

    /**
     * Measures precomputed moments, for example those of one group of a table: everything except the classification of
     * samples.
     *
     * @param moments moments of at least one sample, with the scatter within classes
     * @throws IllegalArgumentException if shapes do not fit, or samples or the scatter are missing
     */
    public CollapseMeasurement measure(
            ClassMoments moments, Optional<LinearClassifier> classifier, Optional<double[]> oodMean) {
        requireShapes(moments.featureDimension(), moments.classes(), classifier, oodMean);
        return ofOnePass(nonEmpty(moments), PassPlan.ofGivenMoments()).result(classifier, Optional.empty(), oodMean);
    }

    /** The mean of all features of a source, regardless of labels. */
    public double[] mean(SampleSource source) {
        return mean(onThreads(source));
    }

    /** The mean of all features of samples that are summed elsewhere. */
    public double[] mean(SamplePasses samples) {
        ClassMoments moments =
                nonEmpty(samples.run(moments(samples, false, null), 1, 1).moments());
        return CentredMeans.of(moments, GlobalMean.OF_SAMPLES).globalMean();
    }

    /** Classifies other samples, such as a test set, by a classifier and by the nearest of the given class means. */
    public Decisions decide(SampleSource source, ClassMoments moments, Optional<LinearClassifier> classifier) {
        Units units = new Units(BinaryScale.of(Vectors.maxAbs(moments.means().data())));
        return units.scale().isOne()
                ? decide(onThreads(source), moments, classifier)
                : decide(
                        onThreads(new ScaledSamples(source, units.scale())),
                        units.toUnits(moments),
                        classifier.map(units::toUnits));
    }

    /** Classifies samples that are processed elsewhere. */
    public Decisions decide(SamplePasses samples, ClassMoments moments, Optional<LinearClassifier> classifier) {
        return samples.run(new PassRequest.Choices(Deciders.of(moments, classifier.map(Units::decidingAlike))), 1, 1)
                .decisions()
                .orElseThrow();
    }

    private SamplePasses onThreads(SampleSource source) {
        return new ThreadedPasses(source, options.threads(), listener);
    }

    private static PassRequest moments(
            SamplePasses samples, boolean withScatter, @Nullable LinearClassifier classifier) {
        return new PassRequest.Moments(samples.classes(), samples.featureDimension(), withScatter, classifier);
    }

    private CollapseMeasurement once(
            SamplePasses samples, Optional<LinearClassifier> classifier, Optional<double[]> oodMean, PassPlan plan) {
        LinearClassifier decider =
                options.decisions() ? classifier.map(Units::decidingAlike).orElse(null) : null;
        PassSums sums = samples.run(moments(samples, true, decider), 1, 1);
        return ofOnePass(nonEmpty(sums.moments()), plan).result(classifier, sums.decisions(), oodMean);
    }

    private MetricsOfPasses ofOnePass(ClassMoments moments, PassPlan plan) {
        WithinScatter within = moments.within()
                .orElseThrow(
                        () -> new IllegalArgumentException("moments: expected the scatter within classes, found none"));
        CentredMeans centred = CentredMeans.of(moments, options.globalMean());
        Units.requireOrdinary(centred);
        return new MetricsOfPasses(
                options, plan, moments, centred, BetweenScatter.of(centred), new Deviations.Whole(within));
    }

    private CollapseMeasurement twice(
            SamplePasses samples, Optional<LinearClassifier> classifier, Optional<double[]> oodMean, PassPlan plan) {
        ClassMoments moments =
                nonEmpty(samples.run(moments(samples, false, null), 1, 2).moments());
        CentredMeans centred = CentredMeans.of(moments, options.globalMean());
        Units.requireOrdinary(centred);
        BetweenScatter between = BetweenScatter.of(centred);
        Matrix directions =
                PassPlan.needsWholeScatter(samples.featureDimension(), between.rank()) ? null : between.directions();
        Deciders deciders = options.decisions() ? Deciders.of(moments, classifier.map(Units::decidingAlike)) : null;
        PassSums sums = samples.run(new PassRequest.Spread(moments.means(), directions, deciders), 2, 2);
        return new MetricsOfPasses(options, plan, moments, centred, between, sums.deviations())
                .result(classifier, sums.decisions(), oodMean);
    }

    private static ClassMoments nonEmpty(ClassMoments moments) {
        if (moments.present().length == 0) {
            throw new IllegalArgumentException("features: expected at least one sample, found none");
        }
        return moments;
    }

    private static void requireShapes(
            int d, int classes, Optional<LinearClassifier> classifier, Optional<double[]> oodMean) {
        if (classifier.isPresent()
                && (classifier.get().classes() != classes
                        || classifier.get().weights().columns() != d)) {
            throw new IllegalArgumentException("weights: expected " + classes + "×" + d + ", found "
                    + classifier.get().classes() + "×"
                    + classifier.get().weights().columns());
        }
        if (oodMean.isPresent() && oodMean.get().length != d) {
            throw new IllegalArgumentException(
                    "out-of-distribution features: expected dimension " + d + ", found " + oodMean.get().length);
        }
    }
}
