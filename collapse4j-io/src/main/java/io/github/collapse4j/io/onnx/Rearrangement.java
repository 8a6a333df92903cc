package io.github.collapse4j.io.onnx;

import io.github.collapse4j.io.array.ArrayHeader;
import io.github.collapse4j.io.array.FormatException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Operations that put the entries of constants into another order or shape, as ONNX defines them. */
final class Rearrangement {
    static final Set<String> OPERATIONS = Set.of(
            "Identity",
            "Reshape",
            "Flatten",
            "Squeeze",
            "Unsqueeze",
            "Transpose",
            "Expand",
            "Shape",
            "Slice",
            "Gather",
            "Split",
            "Concat");

    private final ConstantNode in;

    Rearrangement(ConstantNode in) {
        this.in = in;
    }

    /** {@return the result, named after the first operand unless several make it} */
    OnnxValue value() throws FormatException {
        OnnxValue first = in.operand(0);
        return switch (in.node().op()) {
            case "Identity" -> first;
            case "Reshape" -> reshaped(first);
            case "Flatten" -> {
                int axis = in.axis(in.node().integer("axis", 1), first.dimensions() + 1);
                long rows = first.shape().stream().limit(axis).reduce(1L, (a, b) -> a * b);
                yield first.reshaped(List.of(rows, rows == 0 ? 0 : first.entries().length / rows));
            }
            case "Squeeze" -> squeezed(first);
            case "Unsqueeze" -> unsqueezed(first);
            case "Transpose" -> transposed(first);
            case "Expand" -> in.broadcast(first, in.common(first.shape(), in.integers(in.operand(1))));
            case "Shape" -> OnnxValue.integers(first.source(), first.shape());
            case "Slice" -> sliced(first);
            case "Gather" -> gathered(first);
            case "Split" -> split(first);
            default -> concatenated();
        };
    }

    private OnnxValue reshaped(OnnxValue value) throws FormatException {
        List<Long> wanted = in.integers("shape", 1).orElse(List.of());
        List<Long> shape = new ArrayList<>(wanted);
        boolean keepsZero = in.node().integer("allowzero", 0) != 0;
        double known = 1; // absurd lengths do not overflow
        for (int i = 0; i < shape.size(); i++) {
            if (shape.get(i) == 0 && i < value.dimensions() && !keepsZero) {
                shape.set(i, value.shape().get(i));
            }
            known *= shape.get(i) == -1 ? 1 : shape.get(i);
        }
        if (known > 0 && Collections.frequency(shape, -1L) == 1) {
            int free = shape.indexOf(-1L);
            shape.set(free, (long) (value.entries().length / known));
            known *= shape.get(free);
        }
        in.require(
                shape.stream().allMatch(length -> length >= 0) && known == value.entries().length,
                "the shape of " + value.entries().length + " numbers",
                wanted.toString());
        return value.reshaped(shape);
    }

    private OnnxValue squeezed(OnnxValue value) throws FormatException {
        List<Long> shape = new ArrayList<>();
        Optional<List<Long>> given = in.integers("axes", 1);
        List<Integer> axes = given.isPresent() ? in.axes(value.dimensions()) : List.of();
        for (int i = 0; i < value.dimensions(); i++) {
            long length = value.shape().get(i);
            in.require(length == 1 || !axes.contains(i), "length 1 of axis " + i, value.text());
            if (given.isPresent() ? !axes.contains(i) : length != 1) {
                shape.add(length);
            }
        }
        return value.reshaped(shape);
    }

    private OnnxValue unsqueezed(OnnxValue value) throws FormatException {
        List<Long> given = in.integers("axes", 1).orElse(List.of());
        int dimensions = value.dimensions() + given.size();
        in.require(
                dimensions <= ArrayHeader.MAX_DIMENSIONS,
                "at most " + ArrayHeader.MAX_DIMENSIONS + " axes",
                given + "");
        List<Integer> axes = given.isEmpty() ? List.of() : in.axes(dimensions);
        in.require(axes.stream().distinct().count() == given.size(), "different axes", given + "");
        List<Long> shape = new ArrayList<>(value.shape());
        axes.stream().sorted().forEach(axis -> shape.add(axis, 1L));
        return value.reshaped(shape);
    }

    private OnnxValue transposed(OnnxValue value) throws FormatException {
        int n = value.dimensions();
        List<Long> given =
                in.node().attribute("perm").map(OnnxNode.Attribute::integers).orElse(List.of());
        List<Integer> order = given.isEmpty()
                ? IntStream.range(0, n).mapToObj(i -> n - 1 - i).toList()
                : given.stream().map(Long::intValue).toList();
        in.require(
                order.stream()
                        .sorted()
                        .toList()
                        .equals(IntStream.range(0, n).boxed().toList()),
                "an order of " + n + " axes",
                given.toString());
        return in.permuted(value, order);
    }

    private OnnxValue sliced(OnnxValue value) throws FormatException {
        List<Long> starts = in.integers("starts", 1).orElse(List.of());
        List<Long> ends = in.integers("ends", 2).orElse(List.of());
        List<Long> axes = in.integers("axes", 3)
                .orElse(LongStream.range(0, starts.size()).boxed().toList());
        List<Long> steps = in.integers("steps", 4).orElse(Collections.nCopies(starts.size(), 1L));
        int n = starts.size();
        in.require(
                ends.size() == n && axes.size() == n && steps.size() == n && !steps.contains(0L),
                "as many starts, ends, axes and steps, none of them 0",
                starts + ", " + ends + ", " + axes + ", " + steps);
        List<Long> shape = new ArrayList<>(value.shape());
        long[] strides = value.strides();
        long offset = 0;
        for (int i = 0; i < n; i++) {
            int axis = in.axis(axes.get(i), value.dimensions());
            long length = value.shape().get(axis);
            long step = steps.get(i);
            long last = step > 0 ? length : length - 1;
            long start = clamped(starts.get(i), length, 0, last);
            long end = clamped(ends.get(i), length, step > 0 ? 0 : -1, last); // backwards down to the first entry
            long span = length == 0 ? 0 : step > 0 ? end - start : start - end;
            shape.set(axis, span <= 0 ? 0 : (span - 1) / Math.abs(step) + 1);
            offset += start * strides[axis];
            strides[axis] *= step;
        }
        return in.view(value, shape, strides, offset);
    }

    private static long clamped(long index, long length, long least, long most) {
        return Math.max(least, Math.min(index < 0 ? index + length : index, most));
    }

    private OnnxValue gathered(OnnxValue value) throws FormatException {
        OnnxValue indices = in.operand(1);
        int axis = in.axis(in.node().integer("axis", 0), value.dimensions());
        int length = (int) (long) value.shape().get(axis);
        List<Long> shape = new ArrayList<>(value.shape());
        shape.remove(axis);
        shape.addAll(axis, indices.shape());
        in.require(shape.size() <= ArrayHeader.MAX_DIMENSIONS, "fewer dimensions", shape.toString());
        double[] entries = in.room().compute(value.source(), shape);
        int inner = (int) value.strides()[axis];
        int at = 0;
        while (at < entries.length) {
            int outer = at / (inner * indices.entries().length);
            for (double entry : indices.entries()) {
                int index = (int) (entry < 0 ? entry + length : entry);
                in.require(index >= 0 && index < length, "indices of " + length, Long.toString((long) entry));
                System.arraycopy(value.entries(), (outer * length + index) * inner, entries, at, inner);
                at += inner;
            }
        }
        return new OnnxValue(value.source(), value.type(), shape, entries);
    }

    private OnnxValue split(OnnxValue value) throws FormatException {
        int axis = in.axis(in.node().integer("axis", 0), value.dimensions());
        long length = value.shape().get(axis);
        int part = in.node().outputs().indexOf(in.output());
        long equal = -Math.floorDiv(-length, in.node().outputs().size());
        Optional<List<Long>> sizes = in.integers("split", 1);
        List<Long> shape = new ArrayList<>(value.shape());
        long start = Math.min(part * equal, length);
        shape.set(axis, Math.min(equal, length - start));
        if (sizes.isPresent()) {
            in.require(
                    sizes.get().size() == in.node().outputs().size()
                            && sizes.get().stream().allMatch(size -> size >= 0 && size <= length)
                            && sizes.get().stream().mapToLong(size -> size).sum() == length,
                    "parts of " + length,
                    sizes.get().toString());
            start = sizes.get().stream().limit(part).mapToLong(size -> size).sum();
            shape.set(axis, sizes.get().get(part));
        }
        return in.view(value, shape, value.strides(), start * value.strides()[axis]);
    }

    private OnnxValue concatenated() throws FormatException {
        OnnxValue first = in.operand(0);
        int axis = in.axis(in.node().integer("axis", 0), first.dimensions());
        List<Long> shape = new ArrayList<>(first.shape());
        for (int i = 1; i < in.operands().size(); i++) {
            List<Long> other = new ArrayList<>(in.operand(i).shape());
            if (other.size() == shape.size()) {
                shape.set(axis, shape.get(axis) + other.get(axis));
                other.set(axis, shape.get(axis));
            }
            in.require(
                    other.equals(shape),
                    "the shape of " + first.text() + " but for axis " + axis,
                    in.operand(i).text());
        }
        double[] entries = in.room().compute(in.output(), shape);
        int at = 0;
        int outer = 0;
        while (at < entries.length) {
            for (int i = 0; i < in.operands().size(); i++) {
                OnnxValue part = in.operand(i);
                int each = (int) (part.strides()[axis] * part.shape().get(axis));
                System.arraycopy(part.entries(), outer * each, entries, at, each);
                at += each;
            }
            outer++;
        }
        return new OnnxValue(in.output(), first.type(), shape, entries);
    }
}
