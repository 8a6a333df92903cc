package io.github.collapse4j.io.onnx;

import java.util.List;

/**
 * The value of a constant tensor.
 *
 * @param source the name of the tensor in the file that it comes from
 * @param shape the length of each dimension
 * @param entries the last index varies fastest
 */
record OnnxValue(String source, List<Long> shape, double[] entries) {
    OnnxValue reshaped(List<Long> newShape) {
        return new OnnxValue(source, List.copyOf(newShape), entries);
    }

    int dimensions() {
        return shape.size();
    }

    /** The transpose of a matrix. */
    OnnxValue transposed() {
        double[] transposed = new double[entries.length];
        // without entries, the other length may be anything
        int rows = entries.length == 0 ? 0 : Math.toIntExact(shape.get(0));
        int columns = entries.length == 0 ? 0 : Math.toIntExact(shape.get(1));
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                transposed[j * rows + i] = entries[i * columns + j];
            }
        }
        return new OnnxValue(source, List.of(shape.get(1), shape.get(0)), transposed);
    }

    /** The name and the shape. */
    String text() {
        return source + " ("
                + String.join("×", shape.stream().map(String::valueOf).toList()) + ")";
    }
}
