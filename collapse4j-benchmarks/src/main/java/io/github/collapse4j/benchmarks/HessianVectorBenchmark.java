package io.github.collapse4j.benchmarks;

import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmProblem;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One Hessian-vector product of the reduced model with d = K. Floor: its six K×K products, {@code 12·K³} flops, at the
 * peak rate of {@link ProductBenchmark#offHeap}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls the @Setup method first
public class HessianVectorBenchmark {
    @Param({"10", "100", "500"})
    public int classes;

    private UfmObjective objective;
    private double[] direction;
    private double[] image;

    @Setup
    public void linearize() {
        UfmProblem problem = Problems.longTail(classes, 1280, 5, 5e-4, 1e-7);
        UfmModel model = UfmModel.reduced(problem);
        objective = model.objective();
        double[] point = objective.toVector(model.randomPoint(new SplittableRandom(1), 0.5));
        direction = objective.toVector(model.randomPoint(new SplittableRandom(2), 1));
        image = new double[point.length];
        objective.linearize(point, image);
    }

    @Benchmark
    public double[] hessianVector() {
        objective.hessianVector(direction, image);
        return image;
    }
}
