package io.github.collapse4j.io.torch;

import io.github.collapse4j.io.array.ArrayBytes;
import io.github.collapse4j.io.array.ArrayHeader;
import io.github.collapse4j.io.array.DType;
import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.array.Origin;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * A tensor as an array: read in place if its elements are in C or Fortran order, gathered in memory otherwise.
 *
 * @param tensor the tensor
 * @param bytes of its storage
 * @param origin its name in messages
 */
record TorchTensor(Pickled.Tensor tensor, StorageBytes bytes, Origin origin) {

    /**
     * Describes the array.
     *
     * @throws FormatException if its type is not supported, or it extends beyond its storage
     */
    ArrayHeader header() throws FormatException {
        DType type = tensor.type()
                .orElseThrow(() -> origin.defect(
                        "dtype", "an integer, bool, float16, bfloat16, float32 or float64", tensor.typeName(), 0));
        List<Long> shape = tensor.shape();
        if (shape.size() > ArrayHeader.MAX_DIMENSIONS || !ArrayHeader.isCountable(shape, type)) {
            throw origin.defect("shape", "fewer than 2^63 bytes", shape.toString(), 0);
        }
        ArrayHeader header = new ArrayHeader(type, !isContiguous(false) && isContiguous(true), shape, 0, 0);
        long last = lastElement(header);
        if (last >= bytes.length() / type.itemBytes()) {
            String expected = "at most " + bytes.length() + " bytes, as in its storage";
            throw origin.defect(
                    "shape",
                    expected,
                    header.shapeText() + " of " + type.descr() + " from element " + tensor.offset()
                            + " on, with strides " + tensor.strides(),
                    0);
        }
        return header;
    }

    NumericArray array() throws IOException {
        ArrayHeader header = header();
        long start = tensor.offset() * header.dtype().itemBytes();
        if (header.elementCount() == 0) {
            return new NumericArray(origin, header, load(InputStream.nullInputStream(), header), 0);
        }
        if (!isContiguous(header.fortranOrder())) {
            return new NumericArray(origin, header, gathered(header), 0);
        }
        if (bytes.place().isPresent()) {
            StorageBytes.Place place = bytes.place().get();
            return new NumericArray(
                    origin, header, ArrayBytes.inPlace(place.file(), place.offset() + start, header.dataBytes()), 0);
        }
        try (InputStream in = bytes.from(start)) {
            return new NumericArray(origin, header, load(in, header), 0);
        }
    }

    private ArrayBytes load(InputStream in, ArrayHeader header) throws IOException {
        return ArrayBytes.load(in, header, ArrayBytes.halfOfHeap(), origin);
    }

    /** Index in the storage of the last element, or −1 if there is none. */
    private long lastElement(ArrayHeader header) throws FormatException {
        if (header.elementCount() == 0) {
            return -1;
        }
        try {
            long last = tensor.offset();
            for (int i = 0; i < tensor.shape().size(); i++) {
                long steps = tensor.shape().get(i) - 1;
                last = Math.addExact(
                        last, Math.multiplyExact(steps, tensor.strides().get(i)));
            }
            return last;
        } catch (ArithmeticException e) {
            throw origin.defect(
                    "strides", "elements inside the file", tensor.strides().toString(), 0);
        }
    }

    private boolean isContiguous(boolean fortranOrder) {
        long expected = 1;
        int dimensions = tensor.shape().size();
        for (int i = 0; i < dimensions; i++) {
            int at = fortranOrder ? i : dimensions - 1 - i;
            long length = tensor.shape().get(at);
            if (length > 1 && tensor.strides().get(at) != expected) {
                return false;
            }
            expected *= Math.max(1, length);
        }
        return true;
    }

    private ArrayBytes gathered(ArrayHeader header) throws IOException {
        int item = header.dtype().itemBytes();
        long from = tensor.offset() * item;
        long span = (lastElement(header) + 1) * item - from;
        long limit = Math.min(ArrayBytes.halfOfHeap() / 2, Integer.MAX_VALUE - 8);
        if (span > limit || header.dataBytes() > limit) {
            throw origin.defect(
                    "strides",
                    "contiguous elements, or at most " + limit + " bytes (save tensor.contiguous())",
                    Math.max(span, header.dataBytes()) + " bytes with strides " + tensor.strides(),
                    0);
        }
        byte[] source;
        try (InputStream in = bytes.from(from)) {
            source = in.readNBytes((int) span);
        }
        if (source.length < span) {
            throw origin.truncated("data", span, source.length, from);
        }
        byte[] target = new byte[(int) header.dataBytes()];
        int dimensions = tensor.shape().size();
        long[] index = new long[dimensions];
        long at = 0;
        for (int to = 0; to < target.length; to += item) {
            System.arraycopy(source, (int) at * item, target, to, item);
            for (int i = dimensions - 1; i >= 0; i--) {
                at += tensor.strides().get(i);
                if (++index[i] < tensor.shape().get(i)) {
                    break;
                }
                at -= tensor.strides().get(i) * tensor.shape().get(i);
                index[i] = 0;
            }
        }
        return load(new ByteArrayInputStream(target), header);
    }
}
