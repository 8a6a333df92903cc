package io.github.collapse4j.benchmarks;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Svd;
import io.github.collapse4j.linalg.SymmetricEigen;
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
 * Singular values and vectors of an n×n matrix, eigenvalues and eigenvectors of a symmetric one, in Java and by LAPACK.
 * Flops give no useful floor: at these sizes the latency of iterations and the native call dominate, so the floor for a
 * size is the faster of the two.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls the @Setup method first
public class DecompositionBenchmark {
    @Param({"4", "8", "12", "16", "24", "32", "48", "100"})
    public int order;

    private Matrix general;
    private Matrix symmetric;

    @Setup
    public void fill() {
        general = Problems.random(order, order, 1);
        symmetric = LinearAlgebra.gramOfRows(general);
        Kernels.loadNative();
    }

    @Benchmark
    public Svd javaSvd() throws Throwable {
        return (Svd) Kernels.JAVA_SVD.invokeExact(general);
    }

    @Benchmark
    public Svd nativeSvd() throws Throwable {
        return (Svd) Kernels.NATIVE_SVD.invokeExact(general);
    }

    @Benchmark
    public SymmetricEigen javaEigen() throws Throwable {
        return (SymmetricEigen) Kernels.JAVA_EIGEN.invokeExact(symmetric);
    }

    @Benchmark
    public SymmetricEigen nativeEigen() throws Throwable {
        return (SymmetricEigen) Kernels.NATIVE_EIGEN.invokeExact(symmetric, true);
    }
}
