package io.github.collapse4j.benchmarks;

import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.ClassGroups;
import io.github.collapse4j.solve.GlobalSolver;
import io.github.collapse4j.solve.Solution;
import io.github.collapse4j.solve.SolveOptions;
import java.util.concurrent.TimeUnit;
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
 * Certified global minima to a relative gap of 1e-10 in a warm JVM. A million classes are measured in stages: copying
 * and checking their counts, finding their groups, and the whole solve, which finds the groups again.
 *
 * <p>Floors: for the K = 200 solve, six G×G products per Hessian-vector product counted, at the peak of
 * {@link ProductBenchmark}; for the million counts, one read of 8 MB per pass, at memory bandwidth.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls the @Setup method first
public class SolveBenchmark {
    private final GlobalSolver solver = new GlobalSolver(SolveOptions.defaults().withRelativeGap(1e-10));
    private UfmProblem ten;
    private UfmProblem fifty;
    private UfmProblem twoHundred;
    private UfmProblem million;
    private long[] millionCounts;

    @Setup
    public void build() {
        ten = Problems.longTail(10, 1280, 5, 5e-4, 1e-5);
        fifty = Problems.longTail(50, 200, 5, 5e-4, 1e-5);
        twoHundred = Problems.longTail(200, 1280, 5, 5e-4, 1e-7);
        millionCounts = Problems.millionInTwoGroups();
        million = new UfmProblem(
                new CrossEntropy(),
                ClassCounts.of(millionCounts),
                millionCounts.length,
                1e-4,
                1e-14,
                new Bias.Regularised(0.01));
    }

    @Benchmark
    public Solution tenClasses() {
        return solver.solve(ten);
    }

    /** The problem of {@code peers/ufm_lbfgs.py}. */
    @Benchmark
    public Solution fiftyClasses() {
        return solver.solve(fifty);
    }

    @Benchmark
    public Solution twoHundredClasses() {
        return solver.solve(twoHundred);
    }

    @Benchmark
    public ClassCounts millionCounts() {
        return ClassCounts.of(millionCounts);
    }

    @Benchmark
    public ClassGroups millionGroups() {
        return ClassGroups.of(million.counts());
    }

    @Benchmark
    public Solution millionClasses() {
        return solver.solve(million);
    }
}
