package io.github.collapse4j.spark.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.collapse4j.cli.Main;
import io.github.collapse4j.io.npy.NpyWriter;
import io.github.collapse4j.spark.LocalSpark;
import io.github.collapse4j.testkit.Seeded;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The application's files in Hadoop file systems. */
@EnabledForJreRange(maxVersion = LocalSpark.NEWEST_JAVA)
@Tag("heavy")
class FileSystemsTest {
    private static final int DIMENSION = 5;

    @TempDir
    private Path folder;

    private String table = "";

    @BeforeAll
    static void start() {
        LakeFileSystem.register(LocalSpark.session().sparkContext().hadoopConfiguration());
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

    private static Result spark(String... arguments) {
        return run(SparkMain.commandLine(), arguments);
    }

    private static void done(Result result) {
        assertEquals(0, result.exitCode(), result.err());
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private Set<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @BeforeEach
    void writeInputs() throws IOException {
        table = path("table");
        done(spark("generate", table, "--samples=300", "--dim=" + DIMENSION, "--classes=3", "--partitions=2"));
        NpyWriter writer = new NpyWriter(NpyWriter.Type.FLOAT64);
        writer.writeMatrix(
                folder.resolve("W.npy"),
                Seeded.of(8).gaussian(3 * DIMENSION, 1),
                3,
                DIMENSION,
                NpyWriter.Layout.ROW_MAJOR);
        writer.writeVector(folder.resolve("b.npy"), new double[] {1, 0, -2});
    }

    private JsonObject json(String name) throws IOException {
        JsonObject json =
                JsonParser.parseString(Files.readString(folder.resolve(name))).getAsJsonObject();
        json.remove("command");
        return json;
    }

    /** lake can replace a file atomically, pond must delete it first, file:/ needs no Hadoop. */
    @ParameterizedTest
    @ValueSource(strings = {"lake://", "pond://", "file:", "file://"})
    void measureReadsAndWritesThere(String scheme) throws IOException {
        done(spark(
                "measure", table, "--weights=" + path("W.npy"), "--bias=" + path("b.npy"), "--json=" + path("1.json")));
        Files.writeString(folder.resolve("2.json"), "to be replaced");
        Set<String> before = names();

        Result result = spark(
                "measure",
                scheme + table,
                "--weights=" + scheme + path("W.npy"),
                "--bias=" + scheme + path("b.npy"),
                "--json=" + scheme + path("2.json"),
                "--html=" + scheme + path("page.html"));

        done(result);
        assertTrue(result.out().contains("Page written to " + scheme + path("page.html")), result.out());
        assertEquals(json("1.json").toString(), json("2.json").toString().replace(scheme + table, table));
        assertTrue(Files.readString(folder.resolve("page.html")).contains("</html>"));
        before.add("page.html");
        assertEquals(before, names(), "nothing temporary is left");
    }

    /** Byte for byte the same output, including every cell of the λ × d map. */
    @Test
    void landscapeWritesTheBytesOfOneMachine() throws IOException {
        String[] arguments = {
            "landscape",
            "--loss=both",
            "--counts=5,3,2",
            "--dim=1:3",
            "--starts=35",
            "--seed=11",
            "--json=" + path("landscape.json"),
            "--html=" + path("landscape.html")
        };
        done(run(Main.commandLine(), arguments));
        byte[] json = Files.readAllBytes(folder.resolve("landscape.json"));
        byte[] page = Files.readAllBytes(folder.resolve("landscape.html"));
        done(spark(arguments));
        assertArrayEquals(json, Files.readAllBytes(folder.resolve("landscape.json")));
        assertArrayEquals(page, Files.readAllBytes(folder.resolve("landscape.html")));

        arguments[6] = "--json=lake://" + path("lake.json");
        arguments[7] = "--html=lake://" + path("lake.html");
        done(spark(arguments));
        assertEquals(json("landscape.json"), json("lake.json"));
        assertTrue(Files.readString(folder.resolve("lake.html")).contains("</html>"));

        for (JsonElement model : json("lake.json").getAsJsonArray("models")) {
            Set<String> cells = new TreeSet<>();
            JsonArray map = model.getAsJsonObject().getAsJsonObject("hunt").getAsJsonArray("byDimension");
            for (JsonElement cell : map) {
                JsonObject at = cell.getAsJsonObject();
                cells.add(at.get("d") + " " + at.get("lambda"));
            }
            assertEquals(9, cells.size(), "three penalties, three dimensions: " + cells);
        }
    }

    private String errorLine(String... arguments) {
        Result result = spark(arguments);
        assertEquals(1, result.exitCode(), result.out());
        assertEquals(1, result.err().strip().lines().count(), result.err());
        return result.err().strip().replaceFirst("^collapse4j spark [a-z]+: ", "");
    }

    @Test
    void damagedTableIsOneLineWithItsFile() throws IOException {
        Path part;
        try (Stream<Path> files = Files.list(Path.of(table))) {
            part = files.filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(part);
        Arrays.fill(bytes, 4, bytes.length / 2, (byte) 0x5a);
        Files.write(part, bytes);
        String found = errorLine("measure", table, "--classes=3");
        assertTrue(
                found.startsWith(table + ": ")
                        && found.contains(part.getFileName().toString()),
                found);
    }

    @Test
    void errorsAreOneLineWithTheName() throws IOException {
        String there = "lake://" + folder;
        Files.writeString(folder.resolve("text.npy"), "no array");
        new NpyWriter(NpyWriter.Type.FLOAT64)
                .writeMatrix(folder.resolve("V.npy"), new double[12], 3, 4, NpyWriter.Layout.ROW_MAJOR);
        assertEquals(
                there + "/none.npy: no such file", errorLine("measure", table, "--weights=" + there + "/none.npy"));
        assertEquals(
                there + "/table: expected a file, found a directory",
                errorLine("measure", table, "--weights=" + there + "/table"));
        assertTrue(
                errorLine("measure", table, "--weights=" + there + "/text.npy").startsWith(there + "/text.npy: magic"));
        assertEquals(
                there + "/V.npy: expected K×d with d = 5 as in " + table + ", found 3×4",
                errorLine("measure", table, "--weights=" + there + "/V.npy"));
        assertEquals(
                "mars://host/W.npy: No FileSystem for scheme \"mars\"",
                errorLine("measure", table, "--weights=mars://host/W.npy"));
        assertEquals("mars://host/table: No FileSystem for scheme \"mars\"", errorLine("measure", "mars://host/table"));
        assertEquals(there + ": is a directory, hence not replaced", errorLine("measure", table, "--json=" + there));
        assertEquals(
                there + "/text.npy/x.html: ",
                errorLine("measure", table, "--html=" + there + "/text.npy/x.html")
                        .substring(0, there.length() + "/text.npy/x.html: ".length()));
        assertEquals(
                "mars://host/x.json: No FileSystem for scheme \"mars\"",
                errorLine("landscape", "--starts=1", "--json=mars://host/x.json"));
        assertEquals(
                "file://W.npy/b: expected file:/… or file:///…, found a host",
                errorLine("measure", table, "--weights=file://W.npy/b"));
        assertEquals(
                List.of(), names().stream().filter(name -> name.contains("tmp")).toList());
    }
}
