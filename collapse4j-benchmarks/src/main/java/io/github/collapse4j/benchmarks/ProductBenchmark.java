package io.github.collapse4j.benchmarks;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas_full;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * {@code C = A·B} with A m×k and B k×n: as the library chooses, by each of its two paths, and directly on off-heap
 * memory. The last, {@link #offHeap}, is the floor for every size: the native routine without Java. Its peak rate,
 * p0.00 of {@code -bm sample -p shape=529x529x529}, is the one used in the other benchmarks' floors.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls the @Setup method first
public class ProductBenchmark {
    /** m×k×n: squares, then K×d·d×B of a last layer (K classes, d features, a batch of B samples). */
    @Param({
        "4x4x4",
        "8x8x8",
        "12x12x12",
        "16x16x16",
        "20x20x20",
        "24x24x24",
        "32x32x32",
        "48x48x48",
        "64x64x64",
        "100x100x100",
        "200x200x200",
        "500x500x500",
        "529x529x529",
        "1000x1000x1000",
        "10x64x1000",
        "10x64x8000",
        "10x512x1000",
        "20x512x1000",
        "100x512x1000"
    })
    public String shape;

    private int m;
    private int k;
    private int n;
    private Matrix a;
    private Matrix b;
    private Matrix c;
    private DoublePointer offHeapA;
    private DoublePointer offHeapB;
    private DoublePointer offHeapC;

    @Setup
    public void fill() {
        String[] sizes = shape.split("x", -1);
        m = Integer.parseInt(sizes[0]);
        k = Integer.parseInt(sizes[1]);
        n = Integer.parseInt(sizes[2]);
        a = Problems.random(m, k, 1);
        b = Problems.random(k, n, 2);
        c = Matrix.zeros(m, n);
        Kernels.loadNative();
        offHeapA = new DoublePointer(a.data());
        offHeapB = new DoublePointer(b.data());
        offHeapC = new DoublePointer(c.data());
    }

    @TearDown
    public void release() {
        offHeapA.close();
        offHeapB.close();
        offHeapC.close();
    }

    @Benchmark
    public Matrix library() {
        LinearAlgebra.multiply(1, a, Op.NONE, b, Op.NONE, 0, c);
        return c;
    }

    @Benchmark
    public Matrix java() throws Throwable {
        Kernels.JAVA_PRODUCT.invokeExact(1.0, a, Op.NONE, b, Op.NONE, 0.0, c, m, n, k);
        return c;
    }

    @Benchmark
    public Matrix onHeap() throws Throwable {
        Kernels.NATIVE_PRODUCT.invokeExact(1.0, a, Op.NONE, b, Op.NONE, 0.0, c, m, n, k);
        return c;
    }

    @Benchmark
    public DoublePointer offHeap() {
        openblas_full.cblas_dgemm(
                openblas_full.CblasColMajor,
                openblas_full.CblasNoTrans,
                openblas_full.CblasNoTrans,
                m,
                n,
                k,
                1,
                offHeapA,
                m,
                offHeapB,
                k,
                0,
                offHeapC,
                m);
        return offHeapC;
    }
}
