package io.github.collapse4j.io.array;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads runs of consecutive elements of an array's data. Not thread-safe. */
final class ElementRuns {
    private final ArrayBytes bytes;
    private final DType type;
    private final ElementDecoder decoder;

    ElementRuns(ArrayBytes bytes, DType type) {
        this.bytes = bytes;
        this.type = type;
        this.decoder = ElementDecoder.of(type);
    }

    /**
     * Reads as doubles.
     *
     * @param first index of the first element, in the order of the data
     * @param count how many, all inside the array
     * @param target receives them from index {@code at} on
     */
    void toDoubles(long first, int count, double[] target, int at) throws IOException {
        read(first, count, at, (source, length, to) -> decoder.toDoubles(source, length, target, to));
    }

    /**
     * Reads integers exactly; unsigned ones above 2⁶³−1 come out negative.
     *
     * @param first index of the first element, in the order of the data
     * @param count how many, all inside the array
     * @param target receives them from index {@code at} on
     * @throws IllegalStateException if the elements are not integers
     */
    void toLongs(long first, int count, long[] target, int at) throws IOException {
        if (!(decoder instanceof IntegerDecoder integers)) {
            throw new IllegalStateException(type.descr() + " are not integers");
        }
        read(first, count, at, (source, length, to) -> integers.toLongs(source, length, target, to));
    }

    private void read(long first, int count, int at, Sink sink) throws IOException {
        int size = type.itemBytes();
        for (int done = 0; done < count; ) {
            ByteBuffer source = bytes.from((first + done) * size, (long) (count - done) * size)
                    .order(type.byteOrder());
            int length = source.remaining() / size;
            sink.accept(source, length, at + done);
            done += length;
        }
    }

    private interface Sink {
        void accept(ByteBuffer source, int length, int at);
    }
}
