package io.github.collapse4j.spark.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.collapse4j.cli.Main;
import io.github.collapse4j.io.ArrayFile;
import io.github.collapse4j.io.array.NumericMatrix;
import io.github.collapse4j.io.npy.NpyWriter;
import io.github.collapse4j.spark.LocalSpark;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The application compared with the command line on one machine: the same JSON for the same samples. */
@EnabledForJreRange(maxVersion = LocalSpark.NEWEST_JAVA)
@Tag("heavy")
class SparkMainTest {
    private static final int SAMPLES = 600;
    private static final int DIMENSION = 7;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        LocalSpark.session();
    }

    private record Result(int exitCode, String out, String err) {}

    private static Result run(CommandLine command, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = command.setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Result(exitCode, out.toString(), err.toString());
    }

    private static JsonObject json(CommandLine command, String... arguments) {
        Result result = run(command, arguments);
        assertEquals(0, result.exitCode(), result.err());
        JsonObject json = JsonParser.parseString(result.out()).getAsJsonObject();
        json.remove("command");
        return json;
    }

    private String generate() {
        String table = folder.resolve("table").toString();
        assertEquals(
                0,
                run(
                                SparkMain.commandLine(),
                                "generate",
                                table,
                                "--samples=" + SAMPLES,
                                "--dim=" + DIMENSION,
                                "--classes=4",
                                "--partitions=5")
                        .exitCode());
        return table;
    }

    /** Writes the same samples as arrays. */
    private void writeArrays(String table) throws IOException {
        List<Row> rows = LocalSpark.session().read().parquet(table).collectAsList();
        double[] features = new double[SAMPLES * DIMENSION];
        long[] labels = new long[SAMPLES];
        for (int j = 0; j < SAMPLES; j++) {
            List<Float> x = rows.get(j).getList(0);
            for (int i = 0; i < DIMENSION; i++) {
                features[j * DIMENSION + i] = x.get(i);
            }
            labels[j] = rows.get(j).getInt(1);
        }
        writer().writeMatrix(folder.resolve("features.npy"), features, SAMPLES, DIMENSION, NpyWriter.Layout.ROW_MAJOR);
        NpyWriter.writeLabels(folder.resolve("labels.npy"), labels);
        double[] weights = Seeded.of(3).gaussian(4 * DIMENSION, 1);
        writer().writeMatrix(folder.resolve("W.npy"), weights, 4, DIMENSION, NpyWriter.Layout.ROW_MAJOR);
        writer().writeVector(folder.resolve("b.npy"), new double[] {1, 0, -2, 3});
    }

    private static NpyWriter writer() {
        return new NpyWriter(NpyWriter.Type.FLOAT64);
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void measureGivesTheJsonOfOneMachine() throws IOException {
        String table = generate();
        writeArrays(table);
        JsonObject expected = json(
                Main.commandLine(),
                "measure",
                path("features.npy"),
                path("labels.npy"),
                "--weights=" + path("W.npy"),
                "--bias=" + path("b.npy"),
                "--ood=" + path("features.npy"),
                "--json=-");
        JsonObject found = json(
                SparkMain.commandLine(),
                "measure",
                table,
                "--weights=" + path("W.npy"),
                "--bias=" + path("b.npy"),
                "--ood=" + table,
                "--json=-");
        assertSame(expected, found, "$");
        assertEquals(SAMPLES, found.get("samples").getAsInt());
    }

    @Test
    void certifyGivesTheJsonOfOneMachine() throws IOException {
        String table = generate();
        writeArrays(table);
        String[] layer = {"--weights=" + path("W.npy"), "--bias=" + path("b.npy"), "--json=-"};
        for (String[] options : new String[][] {
            {"--lambda-w=1e-2", "--lambda-h=1e-3", "--lambda-b=1"},
            {"--loss=mse", "--lambda-w=0.5", "--lambda-h=0.01"},
            {"--weight-decay=1e-2"},
            {}
        }) {
            String[] more = Stream.of(layer, options).flatMap(Arrays::stream).toArray(String[]::new);
            JsonObject expected =
                    json(Main.commandLine(), with(more, "certify", path("features.npy"), path("labels.npy")));
            JsonObject found = json(SparkMain.commandLine(), with(more, "certify", table));
            assertSame(expected, found, "$");
            assertEquals(SAMPLES, found.get("samples").getAsInt());
        }
    }

    /** Near an optimum two parts of the gradient cancel; a second pass tells what is left of them. */
    @Test
    void certifyTakesASecondPassNearAnOptimum() throws IOException {
        String[] penalties = {"--lambda-w=1e-2", "--lambda-h=1e-4"};
        String solved = path("solved");
        json(
                Main.commandLine(),
                with(penalties, "solve", "--counts=40,30,20", "--dim=3", "--json=-", "--out=" + solved));
        NumericMatrix matrix = ArrayFile.open(solved + "/features.npy").matrix();
        int samples = (int) matrix.rows();
        int d = (int) matrix.columns();
        double[] features = new double[samples * d];
        matrix.readRows(0, samples, features);
        long[] labels = new long[samples];
        ArrayFile.open(solved + "/labels.npy").vector().readLongs(0, samples, labels);
        List<Row> rows = new ArrayList<>();
        for (int j = 0; j < samples; j++) {
            List<Double> sample = new ArrayList<>();
            for (int i = j * d; i < (j + 1) * d; i++) {
                features[i] *= 1 + 1e-3 * Math.sin(i);
                sample.add(features[i]);
            }
            rows.add(RowFactory.create(sample, (int) labels[j]));
        }
        writer().writeMatrix(folder.resolve("near.npy"), features, samples, d, NpyWriter.Layout.ROW_MAJOR);
        LocalSpark.session()
                .createDataFrame(rows, StructType.fromDDL("features array<double>, label int"))
                .write()
                .parquet(path("near"));
        String[] options =
                with(penalties, "--weights=" + solved + "/weights.npy", "--bias=" + solved + "/bias.npy", "--json=-");
        JsonObject expected =
                json(Main.commandLine(), with(options, "certify", path("near.npy"), solved + "/labels.npy"));
        Result found = run(SparkMain.commandLine(), with(options, "certify", path("near")));
        JsonObject result = JsonParser.parseString(found.out()).getAsJsonObject();
        assertDifferencesAgree(expected, result);
        assertDifferencesAgree(expected.getAsJsonObject("seenByHead"), result.getAsJsonObject("seenByHead"));
        assertSame(expected, result, "$");
        assertTrue(found.err().contains("gradient by the features: "), found.err());
    }

    /** The excess is a difference of objectives, and as exact as these are; so is the gap. */
    private static void assertDifferencesAgree(JsonObject expected, JsonObject found) {
        double objective = expected.get("objective").getAsDouble();
        JsonObject excess = expected.remove("excess").getAsJsonObject();
        JsonObject foundExcess = found.remove("excess").getAsJsonObject();
        for (String part : excess.keySet()) {
            Close.assertClose(
                    excess.get(part).getAsDouble(), foundExcess.get(part).getAsDouble(), 0, 1e-14 * objective, part);
        }
        Close.assertClose(
                expected.remove("relativeGap").getAsDouble(),
                found.remove("relativeGap").getAsDouble(),
                0,
                1e-14,
                "gap");
    }

    @Test
    void certifyLeavesOutAClassWithoutSamples() throws IOException {
        String table = generate();
        writeArrays(table);
        double[] weights = Seeded.of(3).gaussian(5 * DIMENSION, 1);
        writer().writeMatrix(folder.resolve("W.npy"), weights, 5, DIMENSION, NpyWriter.Layout.ROW_MAJOR);
        String[] options = {"--weights=" + path("W.npy"), "--weight-decay=1e-2", "--json=-"};
        JsonObject expected =
                json(Main.commandLine(), with(options, "certify", path("features.npy"), path("labels.npy")));
        JsonObject found = json(SparkMain.commandLine(), with(options, "certify", table));
        assertSame(expected, found, "$");
        assertEquals("[4]", found.get("absentClasses").toString());
    }

    private static String[] with(String[] more, String... first) {
        return Stream.of(first, more).flatMap(Arrays::stream).toArray(String[]::new);
    }

    @Test
    void pageShowsSomeSamples() throws IOException {
        String page = path("measure.html");
        Result result = run(SparkMain.commandLine(), "measure", generate(), "--html=" + page);
        assertEquals(0, result.exitCode(), result.err());
        assertTrue(result.out().contains("NC1"), result.out());
        assertTrue(result.err().contains("class means: "), "the traffic is reported: " + result.err());
        assertTrue(Files.readString(Path.of(page)).contains("\"points\""), "samples are on the page");
    }

    @Test
    void landscapeGivesTheBytesOfOneMachine() {
        String[] arguments = {
            "landscape", "--loss=ce", "--counts=6,3,2", "--dim=2:3", "--starts=40", "--seed=5", "--json=-"
        };
        assertEquals(
                json(Main.commandLine(), arguments).toString(),
                json(SparkMain.commandLine(), arguments).toString());
    }

    @Test
    void badInputIsOneLine() {
        String table = generate();
        Result missing = run(SparkMain.commandLine(), "measure", table, "--label-column=y");
        assertEquals(1, missing.exitCode());
        assertEquals(
                "collapse4j spark measure: " + table + ": expected a column named 'y', found [features, label]",
                missing.err().strip());
        Result nowhere = run(SparkMain.commandLine(), "measure", path("nowhere"));
        assertEquals(1, nowhere.exitCode());
        assertTrue(nowhere.err().contains("nowhere"), nowhere.err());
        assertEquals(1, nowhere.err().strip().lines().count(), nowhere.err());
        assertEquals(2, run(SparkMain.commandLine()).exitCode());
    }

    private static String refusal(String... arguments) {
        Result result = run(SparkMain.commandLine(), arguments);
        assertEquals(1, result.exitCode(), result.err());
        assertEquals("", result.out());
        assertEquals(1, result.err().strip().lines().count(), result.err());
        return result.err();
    }

    @Test
    void filesWithoutTypesAreForOneMachine() throws IOException {
        Files.writeString(folder.resolve("a.csv"), "f0,f1,label\n1,2,0\n3,4,1\n");
        String byName = refusal("measure", path("a.csv"));
        assertTrue(
                byName.contains(
                        "a.csv: expected a table whose columns have types (Parquet, ORC, Avro, JSON), found a.csv"),
                byName);
        Files.copy(folder.resolve("a.csv"), folder.resolve("a"));
        assertTrue(refusal("measure", path("a"), "--format=csv").contains("found --format csv"));
    }

    @Test
    void aDamagedFileIsOneLineWithTheCause() throws IOException {
        Files.writeString(folder.resolve("a.parquet"), "this is no table of any kind, whatever its name says");
        String message = refusal("measure", path("a.parquet"));
        assertTrue(message.contains("a.parquet is not a Parquet file"), message);
    }

    @Test
    void aTaskThatFailsIsOneLineWithTheCause() throws IOException {
        Path table = folder.resolve("table");
        LocalSpark.session()
                .range(1000)
                .selectExpr("array(double(id), 1.5D) as features", "id % 3 as label")
                .coalesce(1)
                .write()
                .parquet(table.toString());
        try (Stream<Path> files = Files.list(table)) {
            Path data = files.filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
            Files.deleteIfExists(data.resolveSibling("." + data.getFileName() + ".crc"));
            byte[] bytes = Files.readAllBytes(data);
            Arrays.fill(bytes, 4, 60, (byte) 0x7F); // of the first page
            Files.write(data, bytes);
        }
        String message = refusal("measure", table.toString());
        assertTrue(message.startsWith("collapse4j spark measure: " + table + ": "), message);
        assertTrue(!message.contains("Job aborted"), message);
    }

    @Test
    void aTestSetIsReadByTheNamesOfItsColumns() {
        Dataset<Row> samples = LocalSpark.session()
                .range(90)
                .selectExpr("double(id % 3) + rand(1) as a", "rand(2) as b", "int(id % 3) as label");
        samples.coalesce(1).write().parquet(path("train"));
        samples.select("label", "b", "a").coalesce(1).write().parquet(path("reordered"));
        samples.withColumnRenamed("b", "c").coalesce(1).write().parquet(path("renamed"));
        JsonObject same = json(
                SparkMain.commandLine(),
                "measure",
                path("train"),
                "--test",
                path("train"),
                "--ood",
                path("train"),
                "--json=-");
        JsonObject reordered = json(
                SparkMain.commandLine(),
                "measure",
                path("train"),
                "--test",
                path("reordered"),
                "--ood",
                path("reordered"),
                "--json=-");
        assertSame(same, reordered, "$");
        String renamed = refusal("measure", path("train"), "--test", path("renamed"));
        assertTrue(renamed.contains("renamed: expected the feature columns of") && renamed.contains("[b]"), renamed);
        assertTrue(refusal("measure", path("train"), "--ood", path("renamed")).contains("[c] besides"));
    }

    @Test
    void oneClassIsRefused() {
        LocalSpark.session()
                .range(30)
                .selectExpr("array(rand(1), rand(2)) as features", "3 as label")
                .write()
                .parquet(path("one"));
        assertTrue(refusal("measure", path("one"))
                .contains("expected samples of at least 2 classes, found class 3 alone"));
    }

    private static void assertSame(JsonElement expected, JsonElement found, String where) {
        if (expected instanceof JsonObject object) {
            assertEquals(object.keySet(), found.getAsJsonObject().keySet(), where);
            object.keySet()
                    .forEach(key ->
                            assertSame(object.get(key), found.getAsJsonObject().get(key), where + "." + key));
        } else if (expected instanceof JsonArray array) {
            assertEquals(array.size(), found.getAsJsonArray().size(), where);
            for (int i = 0; i < array.size(); i++) {
                assertSame(array.get(i), found.getAsJsonArray().get(i), where + "[" + i + "]");
            }
        } else if (expected.isJsonPrimitive() && expected.getAsJsonPrimitive().isNumber()) {
            Close.assertClose(expected.getAsDouble(), found.getAsDouble(), 1e-10, where);
        } else {
            assertEquals(expected, found, where);
        }
    }
}
