package io.github.collapse4j.measure;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.stats.AccumulatorKind;
import io.github.collapse4j.stats.ClassMoments;
import io.github.collapse4j.stats.DecisionAccumulator;
import io.github.collapse4j.stats.DecisionRules;
import io.github.collapse4j.stats.DeviationAccumulator;
import io.github.collapse4j.stats.LinearClassifier;
import io.github.collapse4j.stats.MomentsAccumulator;
import io.github.collapse4j.stats.WithinFrame;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What to sum in a pass: plain data, which can be sent to where the samples are. */
public interface PassRequest extends Serializable {
    /** Prepares everything that the parts of a pass share. This is costly; creating empty sums is not. */
    Prepared prepare();

    /** A short description of what is summed, for progress displays. */
    String description();

    /** A prepared request. Thread-safe; the sums it creates are not. */
    final class Prepared {
        private final int batchSize;
        private final int maxThreads;
        private final UnaryOperator<SampleBatch> map;
        private final List<AccumulatorKind<?>> kinds;

        /**
         * A pass for any number of threads.
         *
         * @param batchSize suitable number of samples in a batch
         * @param kinds kinds of accumulators, of distinct classes, in the order in which their states are sent
         */
        public Prepared(int batchSize, AccumulatorKind<?>... kinds) {
            this(batchSize, Integer.MAX_VALUE, kinds);
        }

        /**
         * A pass for a limited number of threads.
         *
         * @param maxThreads maximum number of threads, limited by the memory that each needs for its sums
         */
        public Prepared(int batchSize, int maxThreads, AccumulatorKind<?>... kinds) {
            this(batchSize, maxThreads, UnaryOperator.identity(), List.of(kinds));
        }

        private Prepared(
                int batchSize, int maxThreads, UnaryOperator<SampleBatch> map, List<AccumulatorKind<?>> kinds) {
            this.batchSize = batchSize;
            this.maxThreads = maxThreads;
            this.map = map;
            this.kinds = kinds;
        }

        /** The same sums over mapped samples; a map that is already there comes after the given one. */
        Prepared over(SampleMap samples, int largestBatch) {
            return new Prepared(
                    Math.min(batchSize, largestBatch), maxThreads, batch -> map.apply(samples.apply(batch)), kinds);
        }

        /** Suitable number of samples in a batch. */
        public int batchSize() {
            return batchSize;
        }

        int maxThreads() {
            return maxThreads;
        }

        /** The sums of no samples. */
        public PassSums begin() {
            return PassSums.empty(kinds, map);
        }

        /**
         * Reads sums from their binary form.
         *
         * @throws IllegalArgumentException if the bytes are not the sums of such a request
         */
        public PassSums read(byte[] bytes) {
            return PassSums.read(kinds, map, bytes);
        }
    }

    /**
     * Counts and means.
     *
     * @param classes K
     * @param featureDimension d
     * @param withScatter whether to sum the scatter within classes too
     * @param classifier classifies each sample, if present
     */
    record Moments(
            int classes,
            int featureDimension,
            boolean withScatter,
            @Nullable LinearClassifier classifier) implements PassRequest {
        @Override
        public Prepared prepare() {
            AccumulatorKind<?> moments = MomentsAccumulator.kind(classes, featureDimension, withScatter);
            int batchSize = SamplePass.batchSize(featureDimension);
            return classifier == null
                    ? new Prepared(batchSize, moments)
                    : new Prepared(batchSize, moments, DecisionAccumulator.kind(DecisionRules.linear(classifier)));
        }

        @Override
        public String description() {
            return withScatter ? "class means and scatter" : "class means";
        }
    }

    /**
     * Deviations from class means.
     *
     * @param means {@code d×K}
     * @param directions directions to measure along, {@code d×r}; absent for all d dimensions
     * @param deciders classify each sample, if present
     */
    record Spread(
            Matrix means,
            @Nullable Matrix directions,
            @Nullable Deciders deciders) implements PassRequest {
        @Override
        public Prepared prepare() {
            WithinFrame frame = directions == null ? WithinFrame.whole(means) : WithinFrame.along(means, directions);
            AccumulatorKind<?> deviations = DeviationAccumulator.kind(frame);
            int batchSize = SamplePass.batchSize(means.rows());
            return deciders == null
                    ? new Prepared(batchSize, deviations)
                    : new Prepared(batchSize, deviations, DecisionAccumulator.kind(deciders.rules()));
        }

        @Override
        public String description() {
            return "deviations from the class means" + (deciders == null ? "" : " and decisions");
        }
    }

    /** Decisions only. */
    record Choices(Deciders deciders) implements PassRequest {
        @Override
        public Prepared prepare() {
            return new Prepared(
                    SamplePass.batchSize(deciders.means().rows()), DecisionAccumulator.kind(deciders.rules()));
        }

        @Override
        public String description() {
            return "decisions";
        }
    }

    /**
     * The nearest of the given class means and, if present, a linear classifier.
     *
     * @param means {@code d×K}
     * @param counts number of samples behind each mean
     * @param weights weights of the classes; a class of weight 0 has no mean
     */
    record Deciders(
            Matrix means,
            long[] counts,
            double[] weights,
            @Nullable LinearClassifier classifier) implements Serializable {
        static Deciders of(ClassMoments moments, Optional<LinearClassifier> classifier) {
            return new Deciders(moments.means(), moments.counts(), moments.weights(), classifier.orElse(null));
        }

        DecisionRules rules() {
            return DecisionRules.of(means, counts, weights, Optional.ofNullable(classifier));
        }
    }
}
