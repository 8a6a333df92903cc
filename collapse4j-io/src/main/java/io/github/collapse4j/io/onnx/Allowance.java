package io.github.collapse4j.io.onnx;

import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.Origin;
import io.github.collapse4j.linalg.Matrix;
import java.util.List;

/** The memory that constants may take: half of the heap together, and a quarter each. */
final class Allowance {
    private final Origin origin;
    private final double most =
            Math.min(Matrix.MAX_ENTRIES, Runtime.getRuntime().maxMemory() / 4.0 / Double.BYTES);
    private double left = Runtime.getRuntime().maxMemory() / 2.0 / Double.BYTES;

    Allowance(Origin origin) {
        this.origin = origin;
    }

    /**
     * Takes room for a tensor.
     *
     * @throws FormatException if there is not as much
     */
    double[] take(String name, List<Long> shape) throws FormatException {
        double count = shape.stream().mapToDouble(Long::doubleValue).reduce(1, (a, b) -> a * b);
        if (count < 0 || count > Math.min(most, left) || shape.stream().anyMatch(length -> length < 0)) {
            throw origin.entry(name).defect("dims", "a tensor that fits into memory", shape.toString(), 0);
        }
        left -= count;
        return new double[(int) count];
    }
}
