package io.github.collapse4j.cli.certify;

import static io.github.collapse4j.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.collapse4j.cli.Run;
import io.github.collapse4j.io.npy.NpyWriter;
import io.github.collapse4j.testkit.Seeded;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code certify} reads whatever {@code measure} reads, with the same result. */
class CertifyInputsTest {
    private static final int N = 60;
    private static final int D = 4;
    private static final int K = 3;
    private static final double TOLERANCE = 1e-10;

    @TempDir
    private Path directory;

    private final double[] features = Seeded.of(1).gaussian(N * D, 1);
    private final long[] labels = new long[N];

    @BeforeEach
    void write() throws IOException {
        double[] weights = Seeded.of(2).gaussian(K * D, 1);
        for (int i = 0; i < N; i++) {
            labels[i] = i % K;
            for (int j = 0; j < D; j++) {
                features[i * D + j] += weights[(i % K) * D + j];
            }
        }
        writer().writeMatrix(path("W.npy"), weights, K, D, NpyWriter.Layout.ROW_MAJOR);
        writer().writeMatrix(path("h.npy"), features, N, D, NpyWriter.Layout.ROW_MAJOR);
        NpyWriter.writeLabels(path("y.npy"), labels);
    }

    @Test
    void shards() throws IOException {
        int half = N / 2;
        writer().writeMatrix(
                        path("part-0.npy"), Arrays.copyOf(features, half * D), half, D, NpyWriter.Layout.ROW_MAJOR);
        writer().writeMatrix(
                        path("part-1.npy"),
                        Arrays.copyOfRange(features, half * D, N * D),
                        half,
                        D,
                        NpyWriter.Layout.ROW_MAJOR);
        assertSame(path("part-*.npy").toString(), path("y.npy").toString());
    }

    @Test
    void tables() throws IOException {
        StringBuilder csv = new StringBuilder("class,a,b,c,d\n");
        for (int i = 0; i < N; i++) {
            csv.append(labels[i]);
            for (int j = 0; j < D; j++) {
                csv.append(',').append(features[i * D + j]);
            }
            csv.append('\n');
        }
        Files.writeString(path("h.csv"), csv);
        assertSame(path("h.csv").toString(), "--label-column", "class");
    }

    @Test
    void aPipe() throws IOException {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(Files.readAllBytes(path("h.npy"))));
        try {
            assertSame("-", path("y.npy").toString());
        } finally {
            System.setIn(before);
        }
    }

    /** A layer near an optimum takes a second pass, for which a pipe is kept. */
    @Test
    void aPipeIsReadTwiceNearAnOptimum() throws IOException {
        String solved = directory.resolve("solved").toString();
        String[] penalties = {
            "--lambda-w=1e-2", "--lambda-h=1e-4", "--lambda-b=0.01", "--weights", solved + "/weights.npy"
        };
        Run.json("solve", "--counts=40,30,20", "--dim=3", penalties[0], penalties[1], "--out=" + solved);
        String bias = "--bias=" + solved + "/bias.npy";
        String labelled = solved + "/labels.npy";
        JsonObject expected = Run.json(with(penalties, "certify", solved + "/features.npy", labelled, bias));
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(Files.readAllBytes(Path.of(solved, "features.npy"))));
        try {
            assertEquals(expected, Run.json(with(penalties, "certify", "-", labelled, bias)));
        } finally {
            System.setIn(before);
        }
        assertEquals("GlobalMinimum", expected.get("verdict").getAsString());
    }

    private static String[] with(String[] more, String... first) {
        return Stream.of(first, more).flatMap(Arrays::stream).toArray(String[]::new);
    }

    /** The sums are taken in twice the precision, so that the threads do not show. */
    @Test
    void threads() {
        String[] arrays = {path("h.npy").toString(), path("y.npy").toString()};
        assertEquals(
                certify(with(new String[] {"--threads=1"}, arrays)),
                certify(with(new String[] {"--threads=3"}, arrays)));
    }

    @Test
    void columnsAreForTables() {
        Run.assertRefused(
                2,
                "collapse4j certify: --label-column: expected a table, found arrays, which have no named columns",
                with(
                        new String[] {"--weights", path("W.npy").toString(), "--label-column", "y"},
                        "certify",
                        path("h.npy").toString(),
                        path("y.npy").toString()));
    }

    /** {@code compress} writes the same of a table and of a pipe as of arrays. */
    @Test
    void compressReadsThemToo() throws IOException {
        tables();
        compress("arrays", path("h.npy").toString());
        compress("table", path("h.csv").toString(), "--label-column", "class");
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(Files.readAllBytes(path("h.npy"))));
        try {
            compress("pipe", "-");
        } finally {
            System.setIn(before);
        }
        for (String kind : new String[] {"table", "pipe"}) {
            for (String array : new String[] {"features.npy", "weights.npy", "projection.npy"}) {
                assertEquals(
                        -1,
                        Files.mismatch(path("arrays").resolve(array), path(kind).resolve(array)),
                        kind + array);
            }
        }
        assertEquals(-1, Files.mismatch(path("y.npy"), path("table").resolve("labels.npy")));
    }

    private void compress(String out, String... input) {
        String[] options = {
            "--weights", path("W.npy").toString(), "--out", path(out).toString()
        };
        JsonObject found = Run.json(with(options, with(input, "compress")));
        assertEquals(N, found.get("samples").getAsInt());
    }

    private void assertSame(String... input) {
        JsonObject expected = certify(path("h.npy").toString(), path("y.npy").toString());
        JsonObject found = certify(input);
        assertEquals(N, found.get("samples").getAsInt());
        assertEquals(expected.keySet(), found.keySet());
        for (String key : expected.keySet()) {
            assertSame(expected.get(key), found.get(key), key);
        }
    }

    private static void assertSame(JsonElement expected, JsonElement found, String key) {
        if (expected.isJsonObject()) {
            expected.getAsJsonObject()
                    .entrySet()
                    .forEach(entry -> assertSame(
                            entry.getValue(), found.getAsJsonObject().get(entry.getKey()), key + "." + entry.getKey()));
        } else if (expected.isJsonPrimitive() && expected.getAsJsonPrimitive().isNumber()) {
            assertClose(expected.getAsDouble(), found.getAsDouble(), TOLERANCE, key);
        } else {
            assertEquals(expected, found, key);
        }
    }

    private JsonObject certify(String... input) {
        String[] options = {
            "--weights", path("W.npy").toString(), "--lambda-w", "1e-2", "--lambda-h", "1e-3", "--lambda-b=1"
        };
        return Run.json(with(options, with(input, "certify")));
    }

    private static NpyWriter writer() {
        return new NpyWriter(NpyWriter.Type.FLOAT64);
    }

    private Path path(String name) {
        return directory.resolve(name);
    }
}
