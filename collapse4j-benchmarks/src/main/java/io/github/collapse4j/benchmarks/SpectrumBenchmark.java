package io.github.collapse4j.benchmarks;

import io.github.collapse4j.curvature.FullSpectrum;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.RandomStarts;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The exact spectrum of the full model with K = d = 10 and N = 60,000: 600,110 eigenvalues, of a Hessian that would
 * occupy 2.9 TB. Floor: the eigenvalues of the reduced Hessian of order 210, about 9n³ flops at the peak of
 * {@link ProductBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class SpectrumBenchmark {
    private final UfmModel model = UfmModel.reduced(new UfmProblem(
            new CrossEntropy(), ClassCounts.balanced(10, 6_000), 10, 0.005, 0.001, new Bias.Regularised(0.01)));
    private final UfmPoint point = new RandomStarts(1).point(model, 0);

    @Benchmark
    public FullSpectrum sixtyThousandSamples() {
        return FullSpectrum.at(model, point);
    }
}
