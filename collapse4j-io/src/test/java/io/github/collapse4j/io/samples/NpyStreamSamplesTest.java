package io.github.collapse4j.io.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.io.npy.NpyWriter;
import io.github.collapse4j.io.samples.contract.SampleSourceContract;
import io.github.collapse4j.io.samples.contract.Table;
import io.github.collapse4j.testkit.Seeded;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Features from a pipe. */
class NpyStreamSamplesTest extends SampleSourceContract {
    @Override
    protected SampleSource source(List<Table> parts, OptionalInt classes) throws IOException {
        return source(bytes(parts.get(0)), classes);
    }

    private SampleSource source(byte[] features, OptionalInt classes) throws IOException {
        return new SampleFiles(new Trickle(features))
                .open(new SampleRequest("-", directory.resolve("y.npy").toString(), classes, TableColumns.usual()));
    }

    private byte[] bytes(Table table) throws IOException {
        Path file = directory.resolve("f.npy");
        new NpyWriter(NpyWriter.Type.FLOAT32)
                .writeMatrix(file, table.features(), table.samples(), table.dimension(), NpyWriter.Layout.ROW_MAJOR);
        NpyWriter.writeLabels(directory.resolve("y.npy"), table.labels());
        return Files.readAllBytes(file);
    }

    @Override
    protected boolean canBeSharded() {
        return false;
    }

    @Override
    protected boolean isRereadable() {
        return false;
    }

    @Override
    protected String featurePosition(int sample, int column) {
        return "standard input: row " + sample + ", column " + column;
    }

    @Override
    protected String labelPosition(int sample) {
        return "y.npy: label " + sample;
    }

    @Test
    void reportsWhereAStreamEnds() throws IOException {
        byte[] whole = bytes(Table.random(Seeded.of(1), 20, 3, 2));
        byte[] cut = Arrays.copyOf(whole, whole.length - 5);
        String message = refusal(() -> pass(source(cut, OptionalInt.empty()), 4, 1));
        assertEquals(
                "standard input: data: expected 240 bytes for (20, 3) of <f4, found 235 bytes (at byte offset 363)",
                message);
    }

    @Test
    void leavesBytesAfterTheArray() throws IOException {
        byte[] whole = bytes(Table.random(Seeded.of(1), 20, 3, 2));
        byte[] longer = Arrays.copyOf(whole, whole.length + 9);
        assertEquals(5, pass(source(longer, OptionalInt.empty()), 4, 1).size());
    }

    @Test
    void refusesColumnMajorStreamsAndHugeRows() throws IOException {
        NpyWriter.writeLabels(directory.resolve("y.npy"), new long[2]);
        String transposed = refusal(() -> source(header("'<f4'", true, "(2, 3)"), OptionalInt.of(2)));
        assertTrue(transposed.contains("fortran_order: expected False"), transposed);
        String wide = refusal(() -> source(header("'<f4'", false, "(2, 2147483639)"), OptionalInt.of(2)));
        assertTrue(wide.contains("expected 1 to 1048576 feature columns, found 2147483639"), wide);
    }

    private static byte[] header(String type, boolean columnMajor, String shape) {
        String text = "{'descr': %s, 'fortran_order': %s, 'shape': %s, }"
                .formatted(type, columnMajor ? "True" : "False", shape);
        return ("\u0093NUMPY\u0001\0" + (char) text.length() + "\0" + text).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Returns a few bytes per read, as a pipe may. */
    private static final class Trickle extends ByteArrayInputStream {
        private Trickle(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, 1000));
        }
    }
}
