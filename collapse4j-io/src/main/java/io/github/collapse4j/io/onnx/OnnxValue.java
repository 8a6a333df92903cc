package io.github.collapse4j.io.onnx;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.LongStream;

/**
 * A constant.
 *
 * @param source the name of the tensor that it comes from
 * @param type of its entries, which are numbers of that type
 * @param shape the length of each dimension
 * @param entries the last index varies fastest
 */
record OnnxValue(String source, OnnxType type, List<Long> shape, double[] entries) {
    OnnxValue {
        shape = List.copyOf(shape);
    }

    static OnnxValue integers(String source, List<Long> integers) {
        return new OnnxValue(
                source,
                OnnxType.INT64,
                List.of((long) integers.size()),
                integers.stream().mapToDouble(Long::doubleValue).toArray());
    }

    OnnxValue reshaped(List<Long> newShape) {
        return new OnnxValue(source, type, newShape, entries);
    }

    OnnxValue named(String name) {
        return new OnnxValue(name, type, shape, entries);
    }

    int dimensions() {
        return shape.size();
    }

    /** Replaces each entry in place, and rounds it to a type. */
    OnnxValue mapped(DoubleUnaryOperator function, OnnxType to) {
        for (int i = 0; i < entries.length; i++) {
            entries[i] = to.rounded(function.applyAsDouble(entries[i]));
        }
        return new OnnxValue(source, to, shape, entries);
    }

    /** The distances of neighbours in each dimension. */
    long[] strides() {
        long[] strides = new long[shape.size()];
        long stride = 1;
        for (int i = strides.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= Math.max(1, shape.get(i)); // without entries, it may be anything
        }
        return strides;
    }

    /**
     * Fills an array from this one, in order of its indices.
     *
     * @param lengths of its dimensions
     * @param strides the distance here of neighbours in each dimension there
     * @param offset of the first entry here
     */
    void copy(List<Long> lengths, long[] strides, long offset, double[] target) {
        long[] index = new long[lengths.size()];
        long at = offset;
        for (int i = 0; i < target.length; i++) {
            target[i] = entries[(int) at];
            for (int k = index.length - 1; k >= 0; k--) {
                at += strides[k];
                if (++index[k] < lengths.get(k)) {
                    break;
                }
                at -= strides[k] * index[k];
                index[k] = 0;
            }
        }
    }

    /** The transpose of a matrix. */
    OnnxValue transposed() {
        double[] transposed = new double[entries.length];
        List<Long> lengths = List.of(shape.get(1), shape.get(0));
        long[] strides = strides();
        copy(lengths, LongStream.of(strides[1], strides[0]).toArray(), 0, transposed);
        return new OnnxValue(source, type, lengths, transposed);
    }

    /** The name and the shape. */
    String text() {
        return source + " ("
                + String.join("×", shape.stream().map(String::valueOf).toList()) + ")";
    }
}
