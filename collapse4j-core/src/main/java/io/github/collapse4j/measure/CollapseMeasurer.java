package io.github.collapse4j.measure;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.metrics.BetweenScatter;
import io.github.collapse4j.metrics.CentredMeans;
import io.github.collapse4j.metrics.CentredMeans.GlobalMean;
import io.github.collapse4j.stats.ClassMoments;
import io.github.collapse4j.stats.DecisionAccumulator;
import io.github.collapse4j.stats.DecisionRules;
import io.github.collapse4j.stats.Decisions;
import io.github.collapse4j.stats.DeviationAccumulator;
import io.github.collapse4j.stats.Deviations;
import io.github.collapse4j.stats.LinearClassifier;
import io.github.collapse4j.stats.MomentsAccumulator;
import io.github.collapse4j.stats.WithinFrame;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Measures neural collapse of a source of samples: one or two passes on several threads, then the metrics. Memory is bounded
 * by d, K and the batch, not by N.
 */
public final class CollapseMeasurer {
    private final MeasureOptions options;
    private final MeasureListener listener;

    /** A measurer that reports to a listener. */
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
        requireShapes(source, classifier, oodMean);
        PassPlan plan = PassPlan.of(source, options.decisions());
        return plan.passes() == 1 ? once(source, classifier, oodMean, plan) : twice(source, classifier, oodMean, plan);
    }

    /** The mean of all features of a source, whatever their labels. */
    public double[] mean(SampleSource source) {
        List<MomentsSink> sinks = pass(source, 1, 1).run(() -> new MomentsSink(source, false, null));
        return CentredMeans.of(nonEmpty(merge(sinks).moments.snapshot()), GlobalMean.OF_SAMPLES)
                .globalMean();
    }

    /** How a classifier and the nearest of given class means decide on other samples, such as a test set. */
    public Decisions decide(SampleSource source, ClassMoments moments, Optional<LinearClassifier> classifier) {
        DecisionRules rules = DecisionRules.of(moments, classifier);
        List<DecisionSink> sinks = pass(source, 1, 1).run(() -> new DecisionSink(rules));
        DecisionAccumulator sum = sinks.get(0).decisions;
        sinks.stream().skip(1).forEach(sink -> sum.merge(sink.decisions));
        return sum.snapshot();
    }

    private CollapseMeasurement once(
            SampleSource source, Optional<LinearClassifier> classifier, Optional<double[]> oodMean, PassPlan plan) {
        DecisionRules rules =
                options.decisions() && classifier.isPresent() ? DecisionRules.linear(classifier.get()) : null;
        MomentsSink sink = merge(pass(source, 1, 1).run(() -> new MomentsSink(source, true, rules)));
        ClassMoments moments = nonEmpty(sink.moments.snapshot());
        CentredMeans centred = CentredMeans.of(moments, options.globalMean());
        Deviations deviations = new Deviations.Whole(moments.within().orElseThrow());
        Optional<Decisions> decisions = Optional.ofNullable(sink.decisions).map(DecisionAccumulator::snapshot);
        return new MetricsOfPasses(options, plan, moments, centred, BetweenScatter.of(centred), deviations)
                .result(classifier, decisions, oodMean);
    }

    private CollapseMeasurement twice(
            SampleSource source, Optional<LinearClassifier> classifier, Optional<double[]> oodMean, PassPlan plan) {
        ClassMoments moments = nonEmpty(merge(pass(source, 1, 2).run(() -> new MomentsSink(source, false, null)))
                .moments
                .snapshot());
        CentredMeans centred = CentredMeans.of(moments, options.globalMean());
        BetweenScatter between = BetweenScatter.of(centred);
        WithinFrame frame = PassPlan.needsWholeScatter(source.featureDimension(), between.rank())
                ? WithinFrame.whole(moments.means())
                : WithinFrame.along(moments.means(), between.directions());
        DecisionRules rules = options.decisions() ? DecisionRules.of(moments, classifier) : null;
        List<DeviationSink> sinks = pass(source, 2, 2).run(() -> new DeviationSink(frame, rules));
        DeviationSink sum = sinks.get(0);
        sinks.stream().skip(1).forEach(sum::merge);
        Optional<Decisions> decisions = Optional.ofNullable(sum.decisions).map(DecisionAccumulator::snapshot);
        return new MetricsOfPasses(options, plan, moments, centred, between, sum.deviations.snapshot())
                .result(classifier, decisions, oodMean);
    }

    private SamplePass pass(SampleSource source, int pass, int passes) {
        OptionalLong total = source.samples();
        Consumer<Integer> progress = new Consumer<>() {
            private long done;

            @Override
            public synchronized void accept(Integer samples) {
                done += samples;
                listener.onSamples(pass, passes, done, total);
            }
        };
        return new SamplePass(source, options.threads(), progress);
    }

    private static MomentsSink merge(List<MomentsSink> sinks) {
        MomentsSink sum = sinks.get(0);
        sinks.stream().skip(1).forEach(sum::merge);
        return sum;
    }

    private static ClassMoments nonEmpty(ClassMoments moments) {
        if (moments.present().length == 0) {
            throw new IllegalArgumentException("features: expected at least one sample, found none");
        }
        return moments;
    }

    private static void requireShapes(
            SampleSource source, Optional<LinearClassifier> classifier, Optional<double[]> oodMean) {
        int d = source.featureDimension();
        if (classifier.isPresent()
                && (classifier.get().classes() != source.classes()
                        || classifier.get().weights().columns() != d)) {
            throw new IllegalArgumentException("weights: expected " + source.classes() + "×" + d + ", found "
                    + classifier.get().classes() + "×"
                    + classifier.get().weights().columns());
        }
        if (oodMean.isPresent() && oodMean.get().length != d) {
            throw new IllegalArgumentException(
                    "out-of-distribution features: expected dimension " + d + ", found " + oodMean.get().length);
        }
    }

    private static final class MomentsSink implements SamplePass.Sink {
        private final MomentsAccumulator moments;
        private final @Nullable DecisionAccumulator decisions;

        MomentsSink(SampleSource source, boolean withScatter, @Nullable DecisionRules rules) {
            this.moments = new MomentsAccumulator(source.classes(), source.featureDimension(), withScatter);
            this.decisions = rules == null ? null : new DecisionAccumulator(rules);
        }

        @Override
        public void update(SampleBatch batch) {
            moments.update(batch);
            if (decisions != null) {
                decisions.update(batch);
            }
        }

        void merge(MomentsSink other) {
            moments.merge(other.moments);
            if (decisions != null && other.decisions != null) {
                decisions.merge(other.decisions);
            }
        }
    }

    private static final class DecisionSink implements SamplePass.Sink {
        private final DecisionAccumulator decisions;

        DecisionSink(DecisionRules rules) {
            this.decisions = new DecisionAccumulator(rules);
        }

        @Override
        public void update(SampleBatch batch) {
            decisions.update(batch);
        }
    }

    private static final class DeviationSink implements SamplePass.Sink {
        private final DeviationAccumulator deviations;
        private final @Nullable DecisionAccumulator decisions;

        DeviationSink(WithinFrame frame, @Nullable DecisionRules rules) {
            this.deviations = new DeviationAccumulator(frame);
            this.decisions = rules == null ? null : new DecisionAccumulator(rules);
        }

        @Override
        public void update(SampleBatch batch) {
            deviations.update(batch);
            if (decisions != null) {
                decisions.update(batch);
            }
        }

        void merge(DeviationSink other) {
            deviations.merge(other.deviations);
            if (decisions != null && other.decisions != null) {
                decisions.merge(other.decisions);
            }
        }
    }
}
