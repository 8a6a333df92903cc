package io.github.collapse4j.io.samples.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.data.SampleReader;
import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.testkit.Seeded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of every sample source, whatever its format. */
public abstract class SampleSourceContract {
    @TempDir
    protected Path directory;

    /** Writes the parts of a table, each to one or more files, and opens them as one source. */
    protected abstract SampleSource source(List<Table> parts, OptionalInt classes) throws IOException;

    /** {@return the position of a feature in the only file, as in messages} */
    protected abstract String featurePosition(int sample, int column);

    /** {@return the position of a label in the only file, as in messages} */
    protected abstract String labelPosition(int sample);

    /** {@return whether {@code source} may be called with more than one part} */
    protected boolean canBeSharded() {
        return true;
    }

    /** {@return whether d is known without samples} */
    protected boolean allowsEmptyShards() {
        return true;
    }

    /** {@return whether a second pass is possible} */
    protected boolean isRereadable() {
        return true;
    }

    /** {@return whether N is known before the end} */
    protected boolean knowsSamples() {
        return true;
    }

    static Stream<Seeded> seeds() {
        return Seeded.range(1, 12);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void readsEverySampleInOrder(Seeded seeded) throws IOException {
        Table table = random(seeded);
        SampleSource source = source(List.of(table), OptionalInt.empty());
        describes(source, table, seeded);
        int capacity = seeded.between(1, 2 * table.samples());
        assertSame(table, List.of(new Part(table.samples(), capacity)), pass(source, capacity, 1), seeded);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void readsTheSameBatchesWithSeveralThreads(Seeded seeded) throws IOException {
        Table table = random(seeded);
        int capacity = seeded.between(1, 40);
        SampleSource source = source(List.of(table), OptionalInt.empty());
        assertSame(table, List.of(new Part(table.samples(), capacity)), pass(source, capacity, 4), seeded);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void readsShardsInOrder(Seeded seeded) throws IOException {
        if (!canBeSharded()) {
            return;
        }
        Table table = random(seeded);
        int least = allowsEmptyShards() ? 0 : 1;
        int second = seeded.between(2 * least, table.samples() - least);
        int[] cuts = {seeded.between(least, second - least), second};
        List<Table> parts =
                List.of(table.part(0, cuts[0]), table.part(cuts[0], cuts[1]), table.part(cuts[1], table.samples()));
        SampleSource source = source(parts, OptionalInt.empty());
        describes(source, table, seeded);
        int capacity = seeded.between(1, 40);
        List<Part> expected =
                parts.stream().map(part -> new Part(part.samples(), capacity)).toList();
        assertSame(table, expected, pass(source, capacity, seeded.between(1, 3)), seeded);
    }

    @Test
    void isRereadableOrRefuses() throws IOException {
        Table table = Table.random(Seeded.of(7), 50, 3, 4);
        SampleSource source = source(List.of(table), OptionalInt.of(4));
        assertEquals(isRereadable(), source.isRereadable());
        List<Part> parts = List.of(new Part(50, 8));
        assertSame(table, parts, pass(source, 8, 1), Seeded.of(7));
        if (isRereadable()) {
            assertSame(table, parts, pass(source, 8, 2), Seeded.of(7));
        } else {
            assertThrows(IllegalStateException.class, () -> pass(source, 8, 1));
        }
    }

    @Test
    void usesTheGivenNumberOfClasses() throws IOException {
        SampleSource source = source(List.of(Table.random(Seeded.of(1), 9, 2, 3)), OptionalInt.of(7));
        assertEquals(7, source.classes());
    }

    @Test
    protected void hasNothingToReadInAnEmptyFile() throws IOException {
        SampleSource source = source(List.of(new Table(3, new double[0], new long[0])), OptionalInt.of(2));
        assertEquals(3, source.featureDimension());
        String message = refusal(() -> pass(source, 4, 1));
        assertTrue(message.contains("expected at least one sample, found none"), message);
    }

    @Test
    void cannotInferClassesFromAnEmptyFile() {
        String message = refusal(() -> source(List.of(new Table(3, new double[0], new long[0])), OptionalInt.empty()));
        assertTrue(message.contains("at least one sample"), message);
    }

    @Test
    void readsASingleNumber() throws IOException {
        Table table = new Table(1, new double[] {-0.5}, new long[] {0});
        SampleSource source = source(List.of(table), OptionalInt.of(2));
        assertEquals(2, source.classes());
        assertSame(table, List.of(new Part(1, 5)), pass(source, 5, 3), Seeded.of(0));
    }

    @Test
    void refusesOneClass() {
        Table table = new Table(1, new double[] {-0.5, 3, 2}, new long[3]);
        String message = refusal(() -> source(List.of(table), OptionalInt.empty()));
        assertTrue(message.contains("expected labels of at least 2 classes, found class 0 alone"), message);
        String given = refusal(() -> source(List.of(table), OptionalInt.of(1)));
        assertTrue(given.contains("expected labels of at least 2 classes"), given);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesNonFiniteFeatures(double value) throws IOException {
        for (int sample : new int[] {0, 20, 49}) {
            for (int column : new int[] {0, 2, 4}) {
                Table table = Table.random(Seeded.of(3), 50, 5, 2).withFeature(sample, column, value);
                String message = refusal(() -> pass(source(List.of(table), OptionalInt.of(2)), 16, 1));
                assertTrue(message.contains(featurePosition(sample, column)), message);
                assertTrue(message.contains("expected a finite number, found"), message);
            }
        }
    }

    @Test
    void refusesLabelsOutOfRange() throws IOException {
        for (int sample : new int[] {0, 20, 49}) {
            Table table = Table.random(Seeded.of(3), 50, 5, 4).withLabel(sample, 4);
            String message = refusal(() -> pass(source(List.of(table), OptionalInt.of(4)), 16, 1));
            assertTrue(message.contains(labelPosition(sample) + ": expected 0…3 for 4 classes, found 4"), message);
        }
    }

    @Test
    void refusesNegativeLabels() throws IOException {
        Table table = Table.random(Seeded.of(3), 50, 5, 4).withLabel(31, -1);
        String found = labelPosition(31) + ": expected 0";
        String reading = refusal(() -> pass(source(List.of(table), OptionalInt.of(4)), 16, 1));
        assertTrue(reading.contains(found) && reading.endsWith("found -1"), reading);
        String scanning = refusal(() -> source(List.of(table), OptionalInt.empty()));
        assertTrue(scanning.contains(found) && scanning.endsWith("found -1"), scanning);
    }

    @Test
    void refusesBillionsOfClasses() {
        Table table = Table.random(Seeded.of(3), 50, 5, 4).withLabel(31, 2_000_000_000);
        String message = refusal(() -> source(List.of(table), OptionalInt.empty()));
        assertTrue(message.contains("found 2000000000"), message);
    }

    @Test
    void refusesShardsOfDifferentDimensions() {
        if (!canBeSharded()) {
            return;
        }
        List<Table> parts = List.of(Table.random(Seeded.of(1), 5, 3, 2), Table.random(Seeded.of(2), 5, 4, 2));
        String message = refusal(() -> source(parts, OptionalInt.empty()));
        assertTrue(message.contains("expected 3 feature columns as in"), message);
    }

    @Test
    void refusesBatchesOfAnotherDimension() throws IOException {
        SampleSource source = source(List.of(Table.random(Seeded.of(1), 5, 3, 2)), OptionalInt.empty());
        try (SampleReader reader = source.open()) {
            assertThrows(IllegalArgumentException.class, () -> reader.next(new SampleBatch(4, 2)));
        }
    }

    @Test
    void refusesToReadAfterClose() throws IOException {
        SampleSource source = source(List.of(Table.random(Seeded.of(1), 5, 3, 2)), OptionalInt.empty());
        SampleReader reader = source.open();
        assertTrue(reader.next(new SampleBatch(3, 2)));
        reader.close();
        reader.close();
        assertThrows(IllegalStateException.class, () -> reader.next(new SampleBatch(3, 2)));
    }

    /** {@return the one-line message for a bad file} */
    protected static String refusal(Callable<?> action) {
        Exception thrown = assertThrows(Exception.class, action::call);
        assertTrue(thrown instanceof IOException || thrown instanceof UncheckedIOException, thrown::toString);
        String message = String.valueOf(thrown.getMessage());
        assertTrue(message.lines().count() == 1, message);
        return message;
    }

    /** Reads everything, in the order of the batches. */
    protected static List<Batch> pass(SampleSource source, int capacity, int threads) {
        List<Batch> batches = new ArrayList<>();
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try (SampleReader reader = source.open()) {
            List<Future<List<Batch>>> parts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                parts.add(executor.submit(() -> readToTheEnd(reader, source.featureDimension(), capacity)));
            }
            for (Future<List<Batch>> part : parts) {
                batches.addAll(part.get());
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            executor.shutdownNow();
        }
        batches.sort(Comparator.comparingLong(Batch::number));
        return batches;
    }

    private static List<Batch> readToTheEnd(SampleReader reader, int dimension, int capacity) {
        List<Batch> batches = new ArrayList<>();
        SampleBatch batch = new SampleBatch(dimension, capacity);
        while (reader.next(batch)) {
            int count = batch.count();
            batches.add(new Batch(
                    batch.number(),
                    Arrays.copyOf(batch.features(), count * dimension),
                    Arrays.copyOf(batch.labels(), count)));
        }
        return batches;
    }

    private static Table random(Seeded seeded) {
        return Table.random(seeded, seeded.between(10, 300), seeded.between(1, 40), seeded.between(1, 9));
    }

    private void describes(SampleSource source, Table table, Seeded seeded) {
        assertEquals(table.dimension(), source.featureDimension(), seeded::toString);
        assertEquals(Arrays.stream(table.labels()).max().orElseThrow() + 1, source.classes(), seeded::toString);
        assertEquals(
                knowsSamples() ? OptionalLong.of(table.samples()) : OptionalLong.empty(),
                source.samples(),
                seeded::toString);
    }

    /** Checks values and batch sizes: all batches are full except the last of each part. */
    private static void assertSame(Table expected, List<Part> parts, List<Batch> found, Seeded seeded) {
        List<Integer> sizes = new ArrayList<>();
        for (Part part : parts) {
            for (int done = 0; done < part.samples(); done += part.capacity()) {
                sizes.add(Math.min(part.capacity(), part.samples() - done));
            }
        }
        assertEquals(sizes, found.stream().map(batch -> batch.labels().length).toList(), seeded::toString);
        int sample = 0;
        for (int i = 0; i < found.size(); i++) {
            Batch batch = found.get(i);
            assertEquals(i, batch.number(), seeded::toString);
            Table part = expected.part(sample, sample + batch.labels().length);
            assertArrayEquals(part.features(), batch.features(), seeded::toString);
            assertArrayEquals(
                    part.labels(), Arrays.stream(batch.labels()).asLongStream().toArray(), seeded::toString);
            sample += batch.labels().length;
        }
        assertEquals(expected.samples(), sample, seeded::toString);
    }

    /** Samples read in separate batches. */
    private record Part(int samples, int capacity) {}

    /** One batch returned by a reader. */
    protected record Batch(long number, double[] features, int[] labels) {}
}
