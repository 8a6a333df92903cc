package io.github.collapse4j.benchmarks;

import io.github.collapse4j.data.FeatureSamples;
import io.github.collapse4j.lastlayer.LastLayer;
import io.github.collapse4j.lastlayer.LastLayerAnalysis;
import io.github.collapse4j.lastlayer.LastLayerCertificate;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.measure.SamplePasses;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.GlobalSolver;
import io.github.collapse4j.solve.SolveListener;
import io.github.collapse4j.solve.SolveOptions;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The computation of {@code certify} without files: 8000 samples of 64 features in memory, ten classes of nearly equal
 * counts. The layer is a global minimum with noise on its features, so that every part of the analysis has work to do.
 *
 * <p>Floor of the passes: the features are read twice (4.1 MB each time), with four products of 2·8000·64·10 flops and
 * 80,000 exponentials each time. The solve for the optimum comes on top.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls the @Setup method first
public class LastLayerBenchmark {
    private static final int DIMENSION = 64;

    private LastLayer layer;

    @Setup
    public void build() {
        long[] counts = LongStream.range(0, 10).map(k -> 791 + 2 * k).toArray();
        UfmProblem problem = new UfmProblem(
                new CrossEntropy(), ClassCounts.of(counts), DIMENSION, 5e-4, 1e-6, new Bias.Regularised(0.01));
        UfmModel model = UfmModel.full(problem);
        UfmPoint optimum =
                new GlobalSolver(SolveOptions.defaults()).solve(problem).point();
        Matrix features = model.expand(optimum).features();
        double scale = 0.1 * features.norm() / Math.sqrt(features.data().length);
        features.add(scale, Problems.random(features.rows(), features.columns(), 1));
        int[] labels = new int[model.columns()];
        Arrays.setAll(labels, model::label);
        layer = LastLayer.withBias(
                SamplePasses.of(new FeatureSamples(features, labels, 10)), optimum.classifier(), optimum.bias());
    }

    @Benchmark
    public LastLayerCertificate analyze() {
        return new LastLayerAnalysis(LastLayerAnalysis.Options.of(new CrossEntropy()), SolveListener.SILENT)
                .analyze(layer);
    }
}
