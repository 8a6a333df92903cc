package io.github.collapse4j.io.onnx;

import io.github.collapse4j.io.array.ArrayHeader;
import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.Origin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An operation on constants: what its operands, axes and shapes are, and copies of operands in other orders.
 *
 * @param node the operation
 * @param output the one of its outputs that is wanted
 * @param operands its inputs, empty where they are left out
 * @param room for the result
 * @param origin the file
 */
record ConstantNode(OnnxNode node, String output, List<Optional<OnnxValue>> operands, Allowance room, Origin origin) {
    OnnxValue operand(int index) throws FormatException {
        return given(index).orElseThrow(() -> defect("input " + index, "none"));
    }

    Optional<OnnxValue> given(int index) {
        return index < operands.size() ? operands.get(index) : Optional.empty();
    }

    FormatException defect(String expected, String found) {
        return origin.defect(node.op() + " that makes " + output, expected, found, 0);
    }

    void require(boolean isTrue, String expected, String found) throws FormatException {
        if (!isTrue) {
            throw defect(expected, found);
        }
    }

    List<Long> integers(OnnxValue value) throws FormatException {
        double[] entries = value.entries();
        boolean isWhole = Arrays.stream(entries).allMatch(entry -> entry == Math.rint(entry));
        require(isWhole && value.dimensions() <= 1, "a list of integers", value.text());
        require(
                entries.length <= ArrayHeader.MAX_DIMENSIONS,
                "at most " + ArrayHeader.MAX_DIMENSIONS + " dimensions",
                value.text());
        return Arrays.stream(entries).mapToObj(entry -> (long) entry).toList();
    }

    /** Integers that are an input since some version, and an attribute before it. */
    Optional<List<Long>> integers(String attribute, int index) throws FormatException {
        Optional<OnnxValue> given = given(index);
        return given.isPresent()
                ? Optional.of(integers(given.get()))
                : node.attribute(attribute).map(OnnxNode.Attribute::integers);
    }

    int axis(long axis, int dimensions) throws FormatException {
        long counted = axis < 0 ? axis + dimensions : axis;
        require(counted >= 0 && counted < dimensions, "one of " + dimensions + " axes", axis + "");
        return (int) counted;
    }

    /** The axes of a reduction; all if there are none. */
    List<Integer> axes(int dimensions) throws FormatException {
        List<Integer> axes = new ArrayList<>();
        for (long axis : integers("axes", 1).orElse(List.of())) {
            axes.add(axis(axis, dimensions));
        }
        return axes.isEmpty() ? IntStream.range(0, dimensions).boxed().toList() : axes;
    }

    OnnxValue view(OnnxValue value, List<Long> shape, long[] strides, long offset) throws FormatException {
        double[] entries = room.compute(value.source(), shape);
        value.copy(shape, strides, offset, entries);
        return new OnnxValue(value.source(), value.type(), shape, entries);
    }

    OnnxValue copy(OnnxValue value) throws FormatException {
        return view(value, value.shape(), value.strides(), 0);
    }

    List<Long> common(List<Long> a, List<Long> b) throws FormatException {
        List<Long> common = new ArrayList<>();
        int dimensions = Math.max(a.size(), b.size());
        for (int i = 0; i < dimensions; i++) {
            long left = i < dimensions - a.size() ? 1 : a.get(i - dimensions + a.size());
            long right = i < dimensions - b.size() ? 1 : b.get(i - dimensions + b.size());
            require(left == right || left == 1 || right == 1, "shapes that fit", a + " and " + b);
            common.add(left == 1 ? right : left);
        }
        return common;
    }

    OnnxValue broadcast(OnnxValue value, List<Long> shape) throws FormatException {
        long[] own = value.strides();
        long[] strides = new long[shape.size()];
        int missing = strides.length - own.length;
        for (int i = missing; i < strides.length; i++) {
            strides[i] = value.shape().get(i - missing) == 1 ? 0 : own[i - missing];
        }
        return view(value, shape, strides, 0);
    }

    OnnxValue permuted(OnnxValue value, List<Integer> order) throws FormatException {
        long[] own = value.strides();
        List<Long> shape = order.stream().map(value.shape()::get).toList();
        return view(value, shape, order.stream().mapToLong(i -> own[i]).toArray(), 0);
    }
}
