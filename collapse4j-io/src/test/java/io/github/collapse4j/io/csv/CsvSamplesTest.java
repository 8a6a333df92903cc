package io.github.collapse4j.io.csv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.io.samples.SampleFiles;
import io.github.collapse4j.io.samples.SampleRequest;
import io.github.collapse4j.io.samples.TableColumns;
import io.github.collapse4j.io.samples.contract.SampleSourceContract;
import io.github.collapse4j.io.samples.contract.Table;
import io.github.collapse4j.testkit.Seeded;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables with a header and labels in the second column, or in the first if there is a single feature. */
class CsvSamplesTest extends SampleSourceContract {
    private static final int LABEL_COLUMN = 1;

    @Override
    protected SampleSource source(List<Table> parts, OptionalInt classes) throws IOException {
        for (int i = 0; i < parts.size(); i++) {
            Files.writeString(directory.resolve("t" + (i + 9) + ".csv"), text(parts.get(i)));
        }
        return files().open(
                        new SampleRequest(directory + "/t*.csv", /* labels= */ null, classes, TableColumns.usual()));
    }

    private static SampleFiles files() {
        return new SampleFiles(InputStream.nullInputStream());
    }

    private static String text(Table table) {
        StringBuilder text = new StringBuilder();
        for (int i = -1; i < table.samples(); i++) {
            for (int column = 0; column <= table.dimension(); column++) {
                if (column == LABEL_COLUMN) {
                    text.append(i < 0 ? "label" : Long.toString(table.labels()[i]));
                } else {
                    int feature = column < LABEL_COLUMN ? column : column - 1;
                    text.append(i < 0 ? "h" + feature : table.features()[i * table.dimension() + feature]);
                }
                text.append(column < table.dimension() ? "," : "\n");
            }
        }
        return text.toString();
    }

    @Override
    protected boolean knowsSamples() {
        return false;
    }

    @Override
    protected String featurePosition(int sample, int column) {
        int shifted = column < LABEL_COLUMN ? column + 1 : column + 2;
        return "t9.csv: line " + (sample + 2) + ", column " + shifted + " (h" + column + ")";
    }

    @Override
    protected String labelPosition(int sample) {
        return "t9.csv: line " + (sample + 2) + ", column 2 (label)";
    }

    @ParameterizedTest
    @ValueSource(strings = {"pandas.csv", "pandas.csv.gz", "pandas.tsv", "numpy.csv"})
    void readsWhatPythonWrote(String name) throws IOException {
        Path copy = directory.resolve(name);
        try (InputStream in = CsvSamplesTest.class.getResourceAsStream("/csv/" + name)) {
            Files.copy(Objects.requireNonNull(in, name), copy);
        }
        List<Batch> batches = pass(files().open(SampleRequest.of(copy.toString(), null)), 10, 1);
        assertEquals(1, batches.size());
        assertArrayEquals(new int[] {0, 2, 1}, batches.get(0).labels());
        double[] expected = {0.1, -1e-300, 1.0 / 3, 12345678.9, Double.MIN_VALUE, -0.0};
        assertArrayEquals(expected, batches.get(0).features());
    }

    @Test
    void usesTheLastColumnWithoutAHeader() throws IOException {
        SampleSource source = open("x.csv", "1.5, 2 ,0\r\n\r\n-3,+.5e1,1");
        assertEquals(2, source.featureDimension());
        assertEquals(2, source.classes());
        assertArrayEquals(
                new double[] {1.5, 2, -3, 5}, pass(source, 9, 1).get(0).features());
    }

    @Test
    void usesTheRequestedColumn() throws IOException {
        Path file = directory.resolve("x.csv");
        Files.writeString(file, "y,\"a \"\"x\"\"\",b\n1,2,3\n0,4,5\n");
        SampleRequest request = SampleRequest.of(file.toString(), null);
        SampleSource source =
                files().open(request.withColumns(TableColumns.usual().withLabel("y")));
        assertArrayEquals(new int[] {1, 0}, pass(source, 9, 1).get(0).labels());
        String message = refusal(
                () -> files().open(request.withColumns(TableColumns.usual().withLabel("class"))));
        assertTrue(message.endsWith("expected a column named 'class', found [y, a \"x\", b]"), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                | expected a header or samples, found nothing",
                "`1\n2`            | expected 1 to 1048576 feature columns, found 0",
                "`a,label\n1,2\n3` | line 3: expected 2 columns, found 1",
                "`1,2\n3,4,5`      | line 2: expected 2 columns, found 3",
                "`a,label\n1,2.5`  | line 2, column 2 (label): expected an integer label, found '2.5'",
                "`a,label\n1,0x1`  | line 2, column 2 (label): expected an integer label, found '0x1' (number them: np.unique(y, return_inverse=True)[1])",
                "`a,label\n0x1p3,1`| line 2, column 1 (a): expected a finite number, found '0x1p3'",
                "`a,label\n1,`     | line 2, column 2 (label): expected an integer label, found ''",
                "`a,label\nx,1`    | line 2, column 1 (a): expected a finite number, found 'x'",
                "`a,label\n,1`     | line 2, column 1 (a): expected a finite number, found ''",
                "`a,label\n1f,1`   | line 2, column 1 (a): expected a finite number, found '1f'",
                "`1,0\n1e999,1`    | line 2, column 1: expected a finite number, found '1e999'",
                "`nan,1`           | line 1, column 1: expected a finite number, found 'nan'",
                "`label,label\n1,0`| expected one column named 'label', found several",
                "`a,label\n1,99999999999999999999` | expected an integer label, found '99999999999999999999'",
            })
    void refuses(String text, String message) {
        String found = refusal(() -> pass(open("x.csv", text), 4, 1));
        assertTrue(found.endsWith(message), found);
    }

    @Test
    void refusesOverlongNumbers() {
        String text = "a,label\n1" + "0".repeat(500) + "e-500,1\n";
        String message = refusal(() -> pass(open("x.csv", text), 4, 1));
        assertTrue(message.contains("line 2, column 1"), message);
        String longer = refusal(() -> pass(open("y.csv", "\"" + "1".repeat(3_000_000)), 4, 1));
        assertTrue(longer.contains("y.csv"), longer);
    }

    @Test
    void reportsWhereACompressedFileEnds() throws IOException {
        Path file = directory.resolve("x.csv.gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text(Table.random(Seeded.of(1), 5000, 3, 2)).getBytes(StandardCharsets.UTF_8));
        }
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        String message = refusal(() -> pass(files().open(SampleRequest.of(file.toString(), null)), 64, 1));
        assertTrue(message.contains("x.csv.gz: after line ") && message.contains("gzip"), message);
        Files.write(file, Arrays.copyOf(whole, 60));
        String first = refusal(() -> pass(files().open(SampleRequest.of(file.toString(), null)), 64, 1));
        assertTrue(first.contains("x.csv.gz: before the end of line 1: ") && first.contains("gzip"), first);
    }

    private SampleSource open(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.writeString(file, text);
        return files().open(SampleRequest.of(file.toString(), null));
    }
}
