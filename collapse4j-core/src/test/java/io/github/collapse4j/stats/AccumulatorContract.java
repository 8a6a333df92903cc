package io.github.collapse4j.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.fixtures.Samples;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The laws of every accumulator: any partition, any order, an empty identity, serialisation midway, and rejection of
 * other bytes.
 */
public abstract class AccumulatorContract<A extends Accumulator<?>> {
    /** Rounding of a sum of a few hundred numbers of one sign, in any order. */
    private static final double ROUNDING = 1e-13;

    /** The accumulators for some samples. */
    protected abstract AccumulatorKind<A> kind(Samples samples);

    /** Everything that the snapshot says, as numbers. */
    protected abstract double[] numbers(A accumulator);

    /** Bytes that a state may have at most. */
    protected abstract long stateSize(Samples samples);

    static Stream<Seeded> seeds() {
        return Seeded.range(1, 12);
    }

    static Samples samples(Seeded seeded) {
        int classes = seeded.between(1, 6);
        int[] counts = new int[classes];
        for (int k = 0; k < classes; k++) {
            counts[k] = seeded.between(k == 0 ? 1 : 0, 60);
        }
        return Samples.random(seeded, seeded.between(1, 9), counts, 5, 0.5);
    }

    final A empty(Samples samples) {
        return kind(samples).empty().get();
    }

    final A read(Samples samples, byte[] bytes) {
        return kind(samples).reader().apply(bytes);
    }

    private A of(Samples samples, List<SampleBatch> batches) {
        A accumulator = empty(samples);
        batches.forEach(accumulator::update);
        return accumulator;
    }

    private void assertSame(A expected, A found, String what) {
        double[] wanted = numbers(expected);
        Close.assertClose(wanted, numbers(found), ROUNDING, 0, what);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyPartition(Seeded seeded) {
        Samples samples = samples(seeded);
        A whole = of(samples, List.of(samples.batch(0, samples.count())));
        assertSame(whole, of(samples, samples.batches(seeded, 7)), seeded + " in batches");
        A merged = empty(samples);
        for (SampleBatch batch : samples.batches(seeded, 40)) {
            merged.merge(of(samples, List.of(batch)));
        }
        assertSame(whole, merged, seeded + " merged");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyOrder(Seeded seeded) {
        Samples samples = samples(seeded);
        List<SampleBatch> batches = new ArrayList<>(samples.batches(seeded, 9));
        A forward = of(samples, batches);
        Collections.shuffle(batches, new Random(seeded.seed()));
        assertSame(forward, of(samples, batches), seeded + " shuffled");
        int half = batches.size() / 2;
        A left = of(samples, batches.subList(0, half));
        A right = of(samples, batches.subList(half, batches.size()));
        double[] before = numbers(left);
        right.merge(left);
        assertSame(forward, right, seeded + " right with left");
        assertArrayEquals(before, numbers(left), seeded + ": what is merged does not change");
        right.update(samples.batch(0, 1));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void emptyIsTheIdentity(Seeded seeded) {
        Samples samples = samples(seeded);
        A whole = of(samples, samples.batches(seeded, 20));
        double[] expected = numbers(whole);
        whole.merge(empty(samples));
        Close.assertClose(expected, numbers(whole), ROUNDING, 0, seeded + " with empty");
        A other = empty(samples);
        other.merge(whole);
        Close.assertClose(expected, numbers(other), ROUNDING, 0, seeded + " into empty");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void continuesFromBytes(Seeded seeded) {
        Samples samples = samples(seeded);
        int middle = samples.count() / 2;
        A straight = empty(samples);
        straight.update(samples.batch(0, middle));
        byte[] bytes = straight.toBytes();
        assertTrue(bytes.length <= stateSize(samples), bytes.length + " bytes, at most " + stateSize(samples));
        A read = read(samples, bytes);
        assertArrayEquals(numbers(straight), numbers(read), seeded + ": the same bits");
        assertArrayEquals(bytes, read.toBytes(), seeded + ": the same bytes");
        straight.update(samples.batch(middle, samples.count()));
        read.update(samples.batch(middle, samples.count()));
        assertArrayEquals(numbers(straight), numbers(read), seeded + ": the same bits afterwards");
    }

    @Test
    void otherBytesAreRejected() {
        Samples samples = samples(Seeded.of(5));
        byte[] bytes = of(samples, List.of(samples.batch(0, samples.count()))).toBytes();
        for (int length = 0; length < bytes.length; length += length < 40 ? 1 : 7) {
            refused(samples, Arrays.copyOf(bytes, length), "cut to " + length);
        }
        refused(samples, Arrays.copyOf(bytes, bytes.length + 8), "longer");
        for (int at = 0; at < bytes.length; at++) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            refused(samples, damaged, "byte " + at + " changed");
        }
    }

    @Test
    void statesOfOtherSizesAreRejected() {
        Samples samples = samples(Seeded.of(5));
        Samples moreClasses = new Samples(samples.features(), samples.labels(), samples.classes() + 1);
        refused(samples, empty(moreClasses).toBytes(), "a state of more classes");
    }

    /** A checksum is not a signature: anyone can write bytes with a matching one. */
    @Test
    void forgedBytesAreRejectedOrRead() {
        Samples samples = samples(Seeded.of(5));
        byte[] bytes = of(samples, List.of(samples.batch(0, samples.count()))).toBytes();
        int refused = 0;
        for (int at = 4; at < bytes.length - 4; at++) {
            for (int value : new int[] {0x7f, 0x80, 0xff}) {
                byte[] forged = bytes.clone();
                forged[at] = (byte) value;
                try {
                    numbers(read(samples, Forged.withChecksum(forged)));
                } catch (StateFormatException e) {
                    refused++;
                    assertTrue(String.valueOf(e.getMessage()).lines().count() == 1, e.getMessage());
                }
            }
        }
        assertTrue(refused > 12, refused + " forgeries noticed");
    }

    private void refused(Samples samples, byte[] bytes, String what) {
        try {
            read(samples, bytes);
        } catch (StateFormatException e) {
            assertTrue(
                    String.valueOf(e.getMessage()).lines().count() == 1
                            && String.valueOf(e.getMessage()).startsWith("state: "),
                    e.getMessage());
            return;
        }
        fail(what + " was read");
    }

    @Test
    void anotherKindDoesNotMerge() {
        Samples samples = samples(Seeded.of(5));
        Accumulator<?> other = new Accumulator<Integer>() {
            @Override
            public void update(SampleBatch batch) {}

            @Override
            public void merge(Accumulator<?> added) {}

            @Override
            public Integer snapshot() {
                return 0;
            }

            @Override
            public byte[] toBytes() {
                return new byte[0];
            }
        };
        assertThrows(IllegalArgumentException.class, () -> empty(samples).merge(other));
    }

    @Test
    void badSamplesAreRejected() {
        Samples samples = samples(Seeded.of(5));
        int d = samples.features().rows();
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            SampleBatch batch = samples.batch(0, 4);
            batch.features()[3 * d - 1] = bad;
            String message = assertThrows(
                            IllegalArgumentException.class, () -> empty(samples).update(batch))
                    .getMessage();
            assertTrue(String.valueOf(message).contains("sample 2, feature " + (d - 1)), message);
        }
        for (int bad : new int[] {-1, samples.classes(), Integer.MAX_VALUE}) {
            SampleBatch batch = samples.batch(0, 4);
            batch.labels()[1] = bad;
            String message = assertThrows(
                            IllegalArgumentException.class, () -> empty(samples).update(batch))
                    .getMessage();
            assertTrue(
                    String.valueOf(message).contains("sample 1")
                            && String.valueOf(message).contains("" + bad),
                    message);
        }
        for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            SampleBatch batch = samples.batch(0, 4);
            batch.weights()[0] = bad;
            assertThrows(IllegalArgumentException.class, () -> empty(samples).update(batch));
        }
        SampleBatch wider = new SampleBatch(d + 1, 2);
        wider.filled(0, 1);
        assertThrows(IllegalArgumentException.class, () -> empty(samples).update(wider));
    }

    /** A sample of weight two equals that sample twice, and one of weight zero is ignored. */
    @ParameterizedTest
    @MethodSource("seeds")
    void weightsEqualRepetitions(Seeded seeded) {
        Samples samples = samples(seeded);
        A repeated = empty(samples);
        A weighted = empty(samples);
        for (int j = 0; j < samples.count(); j++) {
            int times = seeded.between(0, 2);
            for (int t = 0; t < times; t++) {
                repeated.update(samples.batch(j, j + 1));
            }
            SampleBatch batch = samples.batch(j, j + 1);
            batch.weights()[0] = times;
            weighted.update(batch);
        }
        Close.assertClose(numbersOfWeights(repeated), numbersOfWeights(weighted), 1e-12, 0, seeded.toString());
    }

    /** {@link #numbers} without what counts samples whatever their weight. */
    protected double[] numbersOfWeights(A accumulator) {
        return numbers(accumulator);
    }
}
