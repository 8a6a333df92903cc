package io.github.collapse4j.io.onnx;

import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.Origin;
import io.github.collapse4j.linalg.Matrix;
import java.util.List;

/**
 * The memory that constants may take: half of the heap together, and a quarter each. What is computed from the tensors
 * of a file may be {@value #PER_NUMBER} times as large as these, so that a small file cannot ask for gigabytes.
 */
final class Allowance {
    private static final int PER_NUMBER = 16;
    private static final int ALWAYS = 1 << 24;

    private final Origin origin;
    private final double most =
            Math.min(Matrix.MAX_ENTRIES, Runtime.getRuntime().maxMemory() / 4.0 / Double.BYTES);
    private double left = Runtime.getRuntime().maxMemory() / 2.0 / Double.BYTES;
    private double leftToCompute = ALWAYS;

    Allowance(Origin origin) {
        this.origin = origin;
    }

    /**
     * Takes room for a tensor of the file.
     *
     * @throws FormatException if there is not as much
     */
    double[] read(String name, List<Long> shape) throws FormatException {
        double count = take(name, shape, most);
        leftToCompute += PER_NUMBER * count;
        return new double[(int) count];
    }

    /**
     * Takes room for the result of an operation.
     *
     * @throws FormatException if there is not as much
     */
    double[] compute(String name, List<Long> shape) throws FormatException {
        double count = take(name, shape, Math.min(most, leftToCompute));
        leftToCompute -= count;
        return new double[(int) count];
    }

    private double take(String name, List<Long> shape, double limit) throws FormatException {
        double count = shape.stream().mapToDouble(Long::doubleValue).reduce(1, (a, b) -> a * b);
        if (count < 0 || count > Math.min(limit, left) || shape.stream().anyMatch(length -> length < 0)) {
            throw origin.entry(name).defect("dims", "a tensor that fits into memory", shape.toString(), 0);
        }
        left -= count;
        return count;
    }
}
