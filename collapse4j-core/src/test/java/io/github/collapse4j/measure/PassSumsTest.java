package io.github.collapse4j.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.fixtures.GoldenSamples;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.measure.PassRequest.Deciders;
import io.github.collapse4j.stats.LinearClassifier;
import io.github.collapse4j.testkit.GoldenBytes;
import io.github.collapse4j.testkit.Seeded;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests and sums survive serialisation; sums of another pass and corrupted bytes are rejected. */
class PassSumsTest {
    private static final int CLASSES = 3;
    private static final int DIMENSION = 4;

    private static Matrix matrix(long seed, int rows, int columns) {
        return Matrix.wrap(rows, columns, Seeded.of(seed).gaussian(rows * columns, 1));
    }

    static Stream<PassRequest> requests() {
        LinearClassifier layer = new LinearClassifier(matrix(1, CLASSES, DIMENSION), new double[] {1, 2, 3});
        Deciders deciders =
                new Deciders(matrix(2, DIMENSION, CLASSES), new long[] {2, 0, 1}, new double[] {2, 0, 1}, layer);
        return Stream.of(
                new PassRequest.Moments(CLASSES, DIMENSION, false, null),
                new PassRequest.Moments(CLASSES, DIMENSION, true, layer),
                new PassRequest.Spread(matrix(3, DIMENSION, CLASSES), matrix(4, DIMENSION, 2), null),
                new PassRequest.Spread(matrix(5, DIMENSION, CLASSES), null, deciders),
                new PassRequest.Choices(deciders));
    }

    private static SampleBatch batch(long seed, int count) {
        SampleBatch batch = new SampleBatch(DIMENSION, count);
        Seeded seeded = Seeded.of(seed);
        System.arraycopy(seeded.gaussian(count * DIMENSION, 1), 0, batch.features(), 0, count * DIMENSION);
        for (int j = 0; j < count; j++) {
            batch.labels()[j] = seeded.between(0, CLASSES - 1);
        }
        batch.filled(0, count);
        return batch;
    }

    private static PassSums sums(PassRequest.Prepared prepared, long seed) {
        PassSums sums = prepared.begin();
        sums.update(batch(seed, 17));
        return sums;
    }

    private static PassRequest sent(PassRequest request) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(request);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (PassRequest) in.readObject();
        }
    }

    @ParameterizedTest
    @MethodSource("requests")
    void serialisedSumsMergeLikeLocalOnes(PassRequest request) throws IOException, ClassNotFoundException {
        PassRequest.Prepared here = request.prepare();
        PassRequest.Prepared there = sent(request).prepare();
        PassSums expected = sums(here, 6);
        expected.merge(sums(here, 7));
        PassSums found = here.read(sums(there, 6).toBytes());
        found.merge(here.read(sums(there, 7).toBytes()));

        assertArrayEquals(expected.toBytes(), found.toBytes());
    }

    @Test
    void sumsOfAnotherRequestAreRejected() {
        List<PassRequest> requests = requests().toList();
        for (PassRequest from : requests) {
            byte[] bytes = sums(from.prepare(), 8).toBytes();
            for (PassRequest to : requests) {
                if (from != to && from.getClass() != to.getClass()) {
                    assertThrows(
                            IllegalArgumentException.class, () -> to.prepare().read(bytes), from + " read as " + to);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("requests")
    void corruptedBytesAreRejected(PassRequest request) {
        PassRequest.Prepared prepared = request.prepare();
        byte[] bytes = sums(prepared, 9).toBytes();
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(IllegalArgumentException.class, () -> prepared.read(cut), "cut to " + length);
        }
        assertThrows(IllegalArgumentException.class, () -> prepared.read(Arrays.copyOf(bytes, bytes.length + 1)));
        for (int i = 0; i < bytes.length; i++) {
            byte[] flipped = bytes.clone();
            flipped[i] ^= 0x40;
            assertThrows(IllegalArgumentException.class, () -> prepared.read(flipped), "byte " + i);
        }
    }

    /** Bytes written by another system, see {@code golden/generate_states.py}. */
    @Test
    void storedFormOfSumsIsUnchanged() {
        LinearClassifier layer = GoldenSamples.classifier();
        Deciders deciders = new Deciders(GoldenSamples.means(), GoldenSamples.counts(), new double[] {4, 2, 0}, layer);
        stored("pass-of-moments", new PassRequest.Moments(GoldenSamples.CLASSES, GoldenSamples.DIMENSION, true, layer));
        stored(
                "pass-of-deviations",
                new PassRequest.Spread(GoldenSamples.means(), GoldenSamples.direction(), deciders));
        stored("pass-of-decisions", new PassRequest.Choices(deciders));
    }

    private static void stored(String name, PassRequest request) {
        byte[] golden = GoldenBytes.load(PassSumsTest.class, "/golden/" + name + ".sums");
        PassRequest.Prepared prepared = request.prepare();
        PassSums written = prepared.begin();
        written.update(GoldenSamples.batch());
        assertArrayEquals(golden, written.toBytes(), name);
        assertArrayEquals(golden, prepared.read(golden).toBytes(), name);
    }
}
