package io.github.collapse4j.cli.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.github.collapse4j.cli.Run;
import io.github.collapse4j.io.npy.NpyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables on the command line: which columns are read, and which messages appear. */
class MeasureTablesTest {
    private static final String TABLE = "f0,f1,label\n1.5,0.25,0\n1.25,0.5,0\n0.25,1.5,1\n0.5,1.25,1\n";
    private static final String REORDERED = "f1,label,f0\n0.25,0,1.5\n0.5,0,1.25\n1.5,1,0.25\n1.25,1,0.5\n";

    @TempDir
    private Path folder;

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void testAndOutOfDistributionTablesAreReadByName() throws IOException {
        String train = file("train.csv", TABLE);
        JsonObject expected = Run.json("measure", train, "--test", train, "--ood", train);
        JsonObject json =
                Run.json("measure", train, "--test", file("test.csv", REORDERED), "--ood", file("ood.csv", REORDERED));
        for (String key : new String[] {"nc1", "nc5", "test"}) {
            assertEquals(expected.get(key), json.get(key), key);
        }
        Run.assertRefused(
                1,
                "collapse4j measure: " + folder.resolve("other.csv") + ": expected 2 feature columns as in " + train
                        + ", found 2, without [f0], with [g0]",
                "measure",
                train,
                "--ood",
                file("other.csv", TABLE.replace("f0", "g0")));
    }

    @Test
    void rejectsSamplesOfOneClassIfTheWeightsHaveMore() throws IOException {
        String table = file("one.csv", "f0,f1,label\n1.5,0.25,1\n1.25,0.5,1\n");
        Path weights = folder.resolve("W.npy");
        new NpyWriter(NpyWriter.Type.FLOAT64).writeMatrix(weights, new double[6], 3, 2, NpyWriter.Layout.ROW_MAJOR);
        Run.assertRefused(
                1,
                "collapse4j measure: " + table + ": expected samples of at least 2 classes, found class 1 alone",
                "measure",
                table,
                "--weights",
                weights.toString());
        new NpyWriter(NpyWriter.Type.FLOAT64).writeMatrix(weights, new double[2], 1, 2, NpyWriter.Layout.ROW_MAJOR);
        Run refused = Run.of("measure", table, "--weights", weights.toString());
        assertEquals(1, refused.exitCode());
    }

    @Test
    void reportsColumnsThatAreNotFeatures() throws IOException {
        String table = file("index.csv", ",f0,label\n0,1.5,0\n1,1.25,0\n2,0.25,1\n3,0.5,1\n");
        Run run = Run.of("measure", table);
        assertEquals(0, run.exitCode());
        assertTrue(run.err().contains("index.csv: column 1 numbers or names the rows and is not a feature"), run.err());
        assertTrue(run.out().contains("d = 1"), run.out());
        assertTrue(Run.text("measure", table, "--index-column", "none").contains("d = 2"));
    }

    @Test
    void ambiguousHeadersAreRejected() throws IOException {
        String table = file("numbers.csv", "0,1\n1,0\n0,0\n2,1\n");
        Run.assertRefused(
                1,
                "collapse4j measure: " + table + ": expected a first row that is clearly a header or clearly a sample,"
                        + " found [0, 1]: choose with --header yes|no",
                "measure",
                table);
        assertTrue(Run.text("measure", table, "--header", "no").contains("4 samples"));
        assertTrue(Run.text("measure", table, "--header", "yes").contains("3 samples"));
    }
}
