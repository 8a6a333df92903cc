package io.github.collapse4j.benchmarks;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_full;

/**
 * What this machine can do, for {@code peers/table.py}: the rate of reading a file from the page cache, and of native products
 * {@code m×d · d×n} off-heap in both precisions, on all threads together. Arguments: FILE THREADS SHAPE…, a shape being m,d,n.
 * Prints a line for each: {@code read} with GB/s, then {@code m,d,n} with GFLOP/s in double and in single precision.
 */
public final class Floors {
    private static final double SECONDS = 0.4;
    private static final int CHUNK = 1 << 18;

    private Floors() {}

    /** Work that one thread repeats; returns what it has done, in bytes or operations. */
    private interface Step {
        double run();
    }

    /** Measures and prints. */
    public static void main(String[] arguments) {
        int threads = Integer.parseInt(arguments[1]);
        LinearAlgebra.multiply(Matrix.identity(32), Matrix.identity(32)); // loads the library, one thread for each call
        print("read", rate(threads, reading(Path.of(arguments[0]))));
        for (int i = 2; i < arguments.length; i++) {
            String[] sizes = arguments[i].split(",", -1);
            int m = Integer.parseInt(sizes[0]);
            int d = Integer.parseInt(sizes[1]);
            int n = Integer.parseInt(sizes[2]);
            print(arguments[i], rate(threads, () -> inDouble(m, d, n)), rate(threads, () -> inSingle(m, d, n)));
        }
    }

    private static void print(String name, double... rates) {
        StringBuilder line = new StringBuilder(name);
        for (double rate : rates) {
            line.append(String.format(Locale.ROOT, " %.2f", rate * 1e-9));
        }
        System.out.println(line);
    }

    /** Steps of their own for each thread, each created where it runs. */
    private interface Steps {
        Step create();
    }

    /** Total rate of all threads; the first steps warm up. */
    private static double rate(int threads, Steps steps) {
        return IntStream.range(0, threads)
                .parallel()
                .mapToDouble(thread -> {
                    Step step = steps.create();
                    step.run();
                    long start = System.nanoTime();
                    double done = 0;
                    double seconds = 0;
                    while (seconds < SECONDS) {
                        done += step.run();
                        seconds = (System.nanoTime() - start) * 1e-9;
                    }
                    return done / seconds;
                })
                .sum();
    }

    private static Steps reading(Path file) {
        AtomicLong next = new AtomicLong();
        return () -> {
            ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);
            return () -> {
                try (FileChannel channel = FileChannel.open(file)) {
                    double bytes = 0;
                    for (int i = 0; i < 100; i++) {
                        buffer.clear();
                        long chunks = Math.max(1, channel.size() / CHUNK);
                        bytes += channel.read(buffer, next.getAndIncrement() % chunks * CHUNK);
                    }
                    return bytes;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            };
        };
    }

    private static Step inDouble(int m, int d, int n) {
        DoublePointer a = new DoublePointer(new double[m * d]);
        DoublePointer b = new DoublePointer(new double[d * n]);
        DoublePointer c = new DoublePointer(new double[m * n]);
        int none = openblas_full.CblasNoTrans;
        return () -> {
            openblas_full.cblas_dgemm(openblas_full.CblasColMajor, none, none, m, n, d, 1, a, m, b, d, 0, c, m);
            return 2.0 * m * d * n;
        };
    }

    private static Step inSingle(int m, int d, int n) {
        FloatPointer a = new FloatPointer(new float[m * d]);
        FloatPointer b = new FloatPointer(new float[d * n]);
        FloatPointer c = new FloatPointer(new float[m * n]);
        int none = openblas_full.CblasNoTrans;
        return () -> {
            openblas_full.cblas_sgemm(openblas_full.CblasColMajor, none, none, m, n, d, 1, a, m, b, d, 0, c, m);
            return 2.0 * m * d * n;
        };
    }
}
