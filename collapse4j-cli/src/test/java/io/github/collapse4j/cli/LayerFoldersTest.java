package io.github.collapse4j.cli;

import static io.github.collapse4j.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.github.collapse4j.io.npy.NpyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one command writes, {@code certify DIR} judges by the same objective, without a further option. */
class LayerFoldersTest {
    @TempDir
    private Path folder;

    /** Four groups of three classes; not all have one class. */
    @BeforeEach
    void writeTargets() throws IOException {
        double[] targets = {0.7, 0.2, 0.1, 0, 0.5, 0.5, 1, 0, 0, 0.2, 0.3, 0.5};
        new NpyWriter(NpyWriter.Type.FLOAT64)
                .writeMatrix(folder.resolve("T.npy"), targets, 4, 3, NpyWriter.Layout.ROW_MAJOR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--counts 3,4,5,2 --targets T",
                "--counts 3,4,5,2 --targets T --loss bce --lambda-b 0",
                "--counts 3,4,5,2 --targets T --no-bias --label-smoothing 0.1",
                "--counts 6,4,3 --features nonnegative --dim 6",
                "--counts 6,4,3 --features nonnegative --loss mse --no-bias",
                "--counts 6,4,3 --features unit --temperature 10",
                "--classes 4 --per-class 3 --features unit --temperature 16 --margin 0.2",
                "--counts 6,4 --dim 1 --features unit --temperature 3"
            })
    void solutions(String problem) {
        Path out = folder.resolve("layer");
        JsonObject solved = Run.json(arguments("solve " + problem + " --out", out));
        JsonObject certified = Run.json("certify", out.toString());
        assertEquals("GlobalMinimum", certified.get("verdict").getAsString());
        assertClose(
                solved.get("objective").getAsDouble(),
                certified.get("objective").getAsDouble(),
                1e-9,
                "objective");
    }

    /** The atlas decides from the spectrum; {@code certify}, for points of targets, from its bound alone. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--counts 5,5,3 --loss both | false",
                "--counts 5,5,3 --loss ce --lambda-b 0 --label-smoothing 0.1 | false",
                "--counts 5,5,3 --loss ce --no-bias --dim 2 | false",
                "--counts 3,4,5,2 --targets T --loss ce | true",
                "--counts 5,5,3 --features nonnegative --loss ce | false",
                "--counts 5,5,3 --features unit --temperature 5 | false"
            })
    void pointsOfLandscapes(String model, boolean isOpen) throws IOException {
        Path out = folder.resolve("points");
        Run.json(arguments("landscape " + model + " --starts 3 --out", out));
        List<Path> tables;
        try (Stream<Path> files = Files.walk(out)) {
            tables = files.filter(file -> file.endsWith("points.csv")).toList();
        }
        assertFalse(tables.isEmpty());
        for (Path table : tables) {
            List<String> rows = Files.readAllLines(table);
            List<String> header = List.of(rows.get(0).split(","));
            for (String row : rows.subList(1, rows.size())) {
                String[] cells = row.split(",", -1);
                Path point = table.resolveSibling("point-%02d".formatted(Integer.parseInt(cells[0])));
                JsonObject certified = Run.json("certify", point.toString());
                assertClose(
                        Double.parseDouble(cells[header.indexOf("objective")]),
                        certified.get("objective").getAsDouble(),
                        1e-9,
                        point + ": objective");
                String expected = cells[header.indexOf("verdict")];
                String found = certified.get("verdict").getAsString();
                assertTrue(
                        expected.equals(found)
                                || (isOpen && expected.equals("StrictSaddle") && found.equals("Undecided")),
                        point + ": " + expected + ", " + found);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--counts 6,4,3 --dim 5 --lambda-b 0 --label-smoothing 0.1 | true",
                "--counts 6,4,3 --loss mse --no-bias | true",
                "--counts 3,4,5,2 --targets T --dim 7 | true",
                "--counts 6,4,3 --features unit --temperature 10 | false"
            })
    void compressedLayers(String problem, boolean isCarried) {
        Path layer = folder.resolve("layer");
        Path small = folder.resolve("small");
        Run.text(arguments("solve " + problem + " --out", layer));
        String text = Run.text("compress", layer.toString(), "--out", small.toString());
        assertEquals(isCarried, Files.exists(small.resolve("objective.json")));
        assertEquals(isCarried, text.contains(".npy, objective.json"), text);
        assertEquals(!isCarried, text.contains("Cosines change"), text);
        if (isCarried) {
            JsonObject certified = Run.json("certify", small.toString());
            assertEquals("GlobalMinimum", certified.get("verdict").getAsString());
            assertClose(
                    Run.json("certify", layer.toString()).get("objective").getAsDouble(),
                    certified.get("objective").getAsDouble(),
                    1e-9,
                    "objective");
        }
    }

    /** Into one folder after each other: nothing of an earlier layer is taken for part of the next. */
    @Test
    void compressedLayersReplaceEachOther() {
        Path small = folder.resolve("small");
        for (String problem : new String[] {
            "--counts 6,4,3",
            "--counts 3,4,5,2 --targets T",
            "--counts 5,4,2 --no-bias --loss mse",
            "--counts 3,4,5,2 --targets T"
        }) {
            Path layer = folder.resolve("layer");
            Run.text(arguments("solve " + problem + " --out", layer));
            Run.text("compress", layer.toString(), "--out", small.toString());
            boolean hasTargets = problem.contains("--targets");
            assertEquals(hasTargets, Files.exists(small.resolve("targets.npy")), problem);
            assertEquals(!hasTargets, Files.exists(small.resolve("labels.npy")), problem);
            assertEquals(
                    "GlobalMinimum",
                    Run.json("certify", small.toString()).get("verdict").getAsString(),
                    problem);
        }
    }

    @Test
    void anotherDomainOverridesTheFolder() {
        Path layer = folder.resolve("layer");
        Run.text(arguments("solve --counts 6,4,3 --features unit --temperature 10 --out", layer));
        String stated = layer.resolve("objective.json").toString();
        String text = Run.text("certify", layer.toString(), "--features", "free");
        assertTrue(text.contains("overridden by options: features"), text);
        String hotter = Run.text("certify", layer.toString(), "--temperature", "12");
        assertTrue(hotter.contains("unit features; overridden by options: temperature"), hotter);
        assertTrue(hotter.contains("cross-entropy, temperature 12"), hotter);
        Run.assertRefused(
                2,
                "collapse4j certify: --lambda-w: expected no such option with " + stated + ": features unit, found one",
                "certify",
                layer.toString(),
                "--lambda-w",
                "1");
    }

    private String[] arguments(String command, Path out) {
        String targets = folder.resolve("T.npy").toString();
        return Stream.concat(
                        Stream.of(command.split(" ")).map(word -> word.equals("T") ? targets : word),
                        Stream.of(out.toString()))
                .toArray(String[]::new);
    }
}
