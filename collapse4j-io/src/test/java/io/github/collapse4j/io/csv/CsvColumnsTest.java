package io.github.collapse4j.io.csv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.data.SampleReader;
import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.samples.SampleFiles;
import io.github.collapse4j.io.samples.SampleRequest;
import io.github.collapse4j.io.samples.TableColumns;
import io.github.collapse4j.io.samples.TableColumns.Header;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Detection of header, index, labels and features; every table has the same samples. */
class CsvColumnsTest {
    private static final double[] FEATURES = {1.5, 0.25, 1.25, 0.5, 0.25, 1.5, 0.5, 1.25};
    private static final int[] LABELS = {0, 0, 1, 1};

    @TempDir
    private Path directory;

    private final List<String> notes = new ArrayList<>();

    private SampleRequest request(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        return SampleRequest.of(file.toString(), null);
    }

    private SampleFiles files() {
        return new SampleFiles(InputStream.nullInputStream(), notes::add);
    }

    private static SampleBatch read(SampleSource source) {
        SampleBatch batch = new SampleBatch(source.featureDimension(), 100);
        try (SampleReader reader = source.open()) {
            assertTrue(reader.next(batch));
        }
        return batch;
    }

    private void assertSamples(SampleRequest request) throws IOException {
        SampleSource source = files().open(request);
        assertEquals(2, source.featureDimension());
        assertEquals(2, source.classes());
        SampleBatch batch = read(source);
        assertEquals(LABELS.length, batch.count());
        assertArrayEquals(LABELS, Arrays.copyOf(batch.labels(), LABELS.length));
        assertArrayEquals(FEATURES, Arrays.copyOf(batch.features(), FEATURES.length));
    }

    private String refusal(SampleRequest request) {
        Exception thrown = assertThrows(Exception.class, () -> read(files().open(request)));
        Throwable cause = thrown instanceof UncheckedIOException ? thrown.getCause() : thrown;
        assertTrue(cause instanceof InputException, thrown::toString);
        String message = String.valueOf(thrown.getMessage());
        assertEquals(1, message.lines().count(), message);
        assertTrue(message.contains(directory.toString()), message);
        return message;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f0,f1,label;1.5,0.25,0;1.25,0.5,0;0.25,1.5,1;0.5,1.25,1",
                // headers
                "0,1,2;1.5,0.25,0;1.25,0.5,0;0.25,1.5,1;0.5,1.25,1",
                "1,2,3;1.5,0.25,0;1.25,0.5,0;0.25,1.5,1;0.5,1.25,1",
                "\"5\",\"5\",\"5\";1.5,0.25,0;1.25,0.5,0;0.25,1.5,1;0.5,1.25,1",
                "0,1,label;1.5,0.25,0;1.25,0.5,0;0.25,1.5,1;0.5,1.25,1",
                "\uFEFFf0,f1,label;1.5,0.25,0;1.25,0.5,0;0.25,1.5,1;0.5,1.25,1",
                // indices written by pandas and R
                ",f0,f1,label;0,1.5,0.25,0;1,1.25,0.5,0;2,0.25,1.5,1;3,0.5,1.25,1",
                ",f0,f1,label;17,1.5,0.25,0;4,1.25,0.5,0;9,0.25,1.5,1;3,0.5,1.25,1",
                ",0,1,2;0,1.5,0.25,0;1,1.25,0.5,0;2,0.25,1.5,1;3,0.5,1.25,1",
                "Unnamed: 0.1,Unnamed: 0,f0,f1,label;0,0,1.5,0.25,0;1,2,1.25,0.5,0;2,5,0.25,1.5,1;3,9,0.5,1.25,1",
                "__index_level_0__,f0,f1,label;0,1.5,0.25,0;1,1.25,0.5,0;2,0.25,1.5,1;3,0.5,1.25,1",
                "f0,f1,label,__index_level_0__;1.5,0.25,0,8;1.25,0.5,0,2;0.25,1.5,1,3;0.5,1.25,1,4",
                "\"\",\"f0\",\"f1\",\"label\";\"1\",1.5,0.25,0;\"2\",1.25,0.5,0;\"3\",0.25,1.5,1;\"4\",0.5,1.25,1",
                "\"f0\",\"f1\",\"label\";\"1\",1.5,0.25,0;\"2\",1.25,0.5,0;\"3\",0.25,1.5,1;\"4\",0.5,1.25,1",
                "\"f0\",\"f1\",\"label\";\"Mazda\",1.5,0.25,0;\"Fiat\",1.25,0.5,0;\"BMW\",0.25,1.5,1;\"VW\",0.5,1.25,1",
                "index,f0,f1,label;0,1.5,0.25,0;1,1.25,0.5,0;2,0.25,1.5,1;3,0.5,1.25,1",
                "id,f0,f1,label;100,1.5,0.25,0;101,1.25,0.5,0;102,0.25,1.5,1;103,0.5,1.25,1",
                "ID,f0,f1,label;a,1.5,0.25,0;b,1.25,0.5,0;c,0.25,1.5,1;d,0.5,1.25,1",
                // other names and positions of labels
                "y,f0,f1;0,1.5,0.25;0,1.25,0.5;1,0.25,1.5;1,0.5,1.25",
                "f0,Target,f1;1.5,0,0.25;1.25,0,0.5;0.25,1,1.5;0.5,1,1.25",
                "f0,f1,species;1.5,0.25,0;1.25,0.5,0;0.25,1.5,1;0.5,1.25,1",
                "species,f0,label,f1;0,1.5,0,0.25;1,1.25,0,0.5;0,0.25,1,1.5;1,0.5,1,1.25@species",
                // other notations of labels
                "f0,f1,label;1.5,0.25,0.0;1.25,0.5,0.0;0.25,1.5,1.0;0.5,1.25,1e0",
                "f0,f1,label;1.5,0.25,False;1.25,0.5,False;0.25,1.5,True;0.5,1.25,TRUE",
                // trailing commas
                "f0,f1,label,;1.5,0.25,0,;1.25,0.5,0,;0.25,1.5,1,;0.5,1.25,1,",
                "f0,f1,label,;1.5,0.25,0;1.25,0.5,0;0.25,1.5,1;0.5,1.25,1",
                "f0,f1,label;1.5,0.25,0,;1.25,0.5,0,;0.25,1.5,1,;0.5,1.25,1,",
                "1.5,0.25,0,;1.25,0.5,0,;0.25,1.5,1,;0.5,1.25,1,",
                // no header
                "1.5,0.25,0;1.25,0.5,0;0.25,1.5,1;0.5,1.25,1",
                "1.500e+00,2.500e-01,0.000e+00;1.25,0.5,0.0;0.25,1.5,1.0;0.5,1.25,1.0",
            })
    void findsTheColumns(String lines) throws IOException {
        boolean withSpecies = lines.endsWith("@species");
        String text = lines.replace("@species", "").replace(';', '\n');
        SampleRequest request = request("x.csv", text);
        if (withSpecies) {
            request = request.withColumns(TableColumns.usual().withIndex(List.of("species")));
        }
        assertSamples(request);
        assertSamples(request("y.csv", text.replace("\n", "\r\n") + "\r\n").withColumns(request.columns()));
    }

    @ParameterizedTest
    @CsvSource({";, x.csv", "tab, x.csv", "tab, x.tsv", "' ', x.csv", "',', x.tsv"})
    void readsOtherSeparators(String separator, String name) throws IOException {
        String space = separator.equals(" ") ? "" : "f0,f1,label\n";
        String text = space + "1.5,0.25,0\n1.25,0.5,0\n0.25,1.5,1\n0.5,1.25,1\n";
        assertSamples(request(name, text.replace(",", separator.equals("tab") ? "\t" : separator)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0,1;1,0;0,0 | found [0, 1]: choose with --header yes|no",
                "0,1,2;1,1,0;2,2,1 | found [0, 1, 2]: choose with --header",
                "3,7,9;1.5,0.25,0;1.25,0.5,1;0.25,1.5,1 | found [3, 7, 9]: choose with --header",
                "0,1.5,0.25,0;1,1.25,0.5,0;2,0.25,1.5,1;3,0.5,1.25,1 | column 1: expected a feature, found row numbers",
                "id,f0,label;3,1.5,0;1,2.5,1;2,0.5,1 | --index-column id",
                ",f0,label;3.5,1.5,0;1.5,2.5,1;2.5,0.5,1 | column 1: expected a name",
                "0,12,200,0;0,13,210,0;1,220,9,0;1,210,12,0 | choose with --label-column 1 or 4",
                "0,12,200,0;0,13,210,7;1,220,9,0;1,210,12,0 | choose with --label-column 1 or 4",
                "f0,f1,label;1,2,0;2,1,0 | column 3 (label): expected labels of at least 2 classes, found class 0 alone",
                "y,f0,Class;1,2,0;2,1,0 | found 'y' and 'Class': name it with --label-column",
                "f0,label;1.5,cat;2.5,dog | expected an integer label, found 'cat' (number them: np.unique(y, return_inverse=True)[1])",
                "f0,label;1.5,;2.5,1 | column 2 (label): expected an integer label, found ''",
                "f0,label;1.5,nan;2.5,1 | column 2 (label): expected an integer label, found 'nan'",
                "f0,label;1.5,0;2.5,-1 | column 2 (label): expected 0 or more, found -1",
                "f0,label;NA,0;2.5,1 | column 1 (f0): expected a finite number, found 'NA'",
                "f0,label;\"1,234.5\",0;2.5,1 | column 1 (f0): expected a finite number, found '1,234.5'",
                "f0,label,;1.5,0,;2.5,1,7 | column 3: expected a name",
                "f0,label | expected at least one sample",
            })
    void refuses(String lines, String message) throws IOException {
        String found = refusal(request("x.csv", lines.replace(';', '\n')));
        assertTrue(found.contains(message), found);
    }

    @Test
    void refusesDecimalCommas() throws IOException {
        String found = refusal(request("x.csv", "1,5;2,5;0\n1,25;1,5;1\n"));
        assertTrue(found.endsWith("expected a finite number, found '1,25' (write decimal points)"), found);
    }

    @Test
    void followsTheRequestedHeader() throws IOException {
        SampleRequest request = request("x.csv", "0,1\n1,0\n0,0\n");
        TableColumns usual = TableColumns.usual();
        assertEquals(
                3,
                read(files().open(request.withColumns(usual.withHeader(Header.NO))))
                        .count());
        assertEquals(
                1,
                read(files().open(request("y.csv", "0,1\n1,0\n")
                                .withColumns(usual.withHeader(Header.YES))
                                .withClasses(2)))
                        .count());
    }

    @Test
    void selectsColumnsByNumberWithoutAHeader() throws IOException {
        SampleRequest request = request("x.csv", "0,1.5,0.25\n0,1.25,0.5\n1,0.25,1.5\n1,0.5,1.25\n");
        assertSamples(request.withColumns(TableColumns.usual().withLabel("1")));
        String found = refusal(request.withColumns(TableColumns.usual().withLabel("4")));
        assertTrue(found.endsWith("expected a column named '4', found no header (columns are 1 to 3)"), found);
        SampleRequest counted = request("y.csv", "0,1.5,0.25,0\n1,1.25,0.5,0\n2,0.25,1.5,1\n3,0.5,1.25,1\n");
        assertSamples(counted.withColumns(TableColumns.usual().withIndex(List.of("1"))));
        TableColumns none = TableColumns.usual().withIndex(List.of());
        assertEquals(3, files().open(counted.withColumns(none)).featureDimension());
    }

    @Test
    void reportsThatAnIndexIsLeftOut() throws IOException {
        files().open(request("x.csv", "id,f0,f1,label\n1,1.5,0.25,0\n2,1.25,0.5,1\n"));
        assertEquals(1, notes.size());
        assertTrue(notes.get(0).contains("x.csv: column 1 (id) numbers or names the rows"), notes.get(0));
    }

    @Test
    void refusesColumnsOfLists() throws IOException {
        SampleRequest request = request("x.csv", "f0,label\n1.5,0\n2.5,1\n");
        String found = refusal(request.withColumns(TableColumns.usual().withFeatures("f0")));
        assertTrue(found.contains("expected no --feature-column"), found);
    }

    @Test
    void alignsShardsByName() throws IOException {
        request("a.csv", "f0,f1,label\n1.5,0.25,0\n1.25,0.5,0\n");
        SampleRequest both = SampleRequest.of(directory + "/a.csv," + directory + "/b.csv", null);
        request("b.csv", "f1,label,f0\n1.5,1,0.25\n1.25,1,0.5\n");
        SampleSource source = files().open(both);
        SampleBatch batch = new SampleBatch(2, 2);
        try (SampleReader reader = source.open()) {
            assertTrue(reader.next(batch));
            assertTrue(reader.next(batch));
        }
        assertArrayEquals(new double[] {0.25, 1.5, 0.5, 1.25}, batch.features());
        request("b.csv", "f1,f2,label\n1.5,0.25,1\n");
        String other = refusal(both);
        assertTrue(other.contains("found 2, without [f0], with [f2]"), other);
        request("b.csv", "f1,f0,f0,label\n1.5,0.25,3,1\n");
        assertTrue(refusal(both).contains("expected 2 feature columns as in"));
        request("b.csv", "1.5,0.25,1\n1.5,0.75,1\n");
        assertTrue(refusal(both).contains("b.csv: expected a column named 'label', found no header"));
        request("b.csv", "f1,f0,class\n1.5,0.25,1\n");
        assertTrue(refusal(both).contains("expected a column named 'label', found [f1, f0, class]"));
        request("a.csv", "1.5,0.25,1\n1.5,0.75,1\n");
        assertTrue(refusal(both).contains("expected feature columns without names as in"));
    }

    @Test
    void alignsOtherTablesByName() throws IOException {
        SampleSource train = files().open(request("a.csv", "f0,f1,kind\n1.5,0.25,0\n1.25,0.5,1\n"));
        SampleRequest test = request("b.csv", "kind,f1,f0\n1,1.5,0.25\n").withClasses(2);
        SampleBatch batch = read(files().open(test, train));
        assertEquals(1, batch.labels()[0]);
        assertArrayEquals(new double[] {0.25, 1.5}, Arrays.copyOf(batch.features(), 2));
        for (String ood : List.of("f1,f0\n1.5,0.25\n", "f1,kind,f0\n1.5,-1,0.25\n")) {
            String file = request("c.csv", ood).features();
            SampleBatch unlabelled = read(files().openUnlabelled(file, TableColumns.usual(), train));
            assertEquals(0, unlabelled.labels()[0]);
            assertArrayEquals(new double[] {0.25, 1.5}, Arrays.copyOf(unlabelled.features(), 2));
        }
    }

    @Test
    void namesOtherKindsOfFiles() throws IOException {
        Path file = directory.resolve("x.csv.zst");
        Files.write(file, new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0, 0, 0, 0});
        assertTrue(refusal(SampleRequest.of(file.toString(), null)).contains("Zstandard"));
    }

    @Test
    void recognisesANumericHeaderInAWideTable() throws IOException {
        String header = String.join(
                ",", IntStream.range(0, 12).mapToObj(Integer::toString).toList());
        String rows = "1,1,1,1,1,1,1,1,1,1,1,0\n2,2,2,2,2,2,2,2,2,2,2,1\n";
        assertEquals(
                2, read(files().open(request("x.csv", header + "\n" + rows))).count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"image_id", "Sample No.", "nr", "#", "sample", "level_0", "row number", "query-idx"})
    void aCountingColumnWithANumberAsNameIsNoFeature(String name) throws IOException {
        assertSamples(request("t.csv", name + ",a,b,label\n7,1.5,0.25,0\n8,1.25,0.5,0\n9,0.25,1.5,1\n10,0.5,1.25,1\n"));
        assertEquals(1, notes.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"class_id", "label_idx", "image_no"})
    void aColumnWithANumberAsNameMayBeTheLabel(String name) throws IOException {
        assertSamples(request("t.csv", "a,b," + name + "\n1.5,0.25,0\n1.25,0.5,0\n0.25,1.5,1\n0.5,1.25,1\n"));
        assertEquals(List.of(), notes);
    }

    @Test
    void aClassThatCountsUpIsNoRowNumber() throws IOException {
        assertEquals(
                2,
                files().open(request("t.csv", "a,b,class_id\n1,2,0\n2,1,1\n")).featureDimension());
    }

    @Test
    void decimalColumnNumbersAreRefused() throws IOException {
        String message = refusal(request("t.csv", "0.0,1.0,2.0\n1.5,0.25,0\n1.25,0.5,0\n0.25,1.5,1\n"));
        assertTrue(message.endsWith(", found [0.0, 1.0, 2.0]: choose with --header yes|no"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0001,1,0", "1\000,1,0", "1,1,0\000", "1,1,\0000", "\0001,1,0\000"})
    void zeroBytesAreNotSpaces(String row) throws IOException {
        refusal(request("t.csv", "a,b,label\n1.5,0.25,0\n1.25,0.5,1\n" + row + "\n"));
    }
}
