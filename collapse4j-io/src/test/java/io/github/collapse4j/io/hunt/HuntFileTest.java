package io.github.collapse4j.io.hunt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.hunt.Descender;
import io.github.collapse4j.hunt.HuntPlan;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.testkit.GoldenBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HuntFileTest {
    private static final int HEADER = "collapse4j hunt 2\n".length() + 64;

    @TempDir
    private Path folder;

    private static HuntPlan plan(long seed) {
        UfmProblem problem =
                new UfmProblem(new CrossEntropy(), ClassCounts.balanced(3, 5), 3, 0.01, 0.01, Bias.ofLambda(0.1));
        return new HuntPlan(List.of(problem), Descender.defaults().subList(0, 1), 200, seed);
    }

    private static double[] outcomes(int chunk) {
        return new double[] {chunk, 0.5, -chunk};
    }

    private Path written() throws IOException {
        Path path = folder.resolve("journal");
        try (HuntFile file = HuntFile.open(path, plan(1))) {
            file.record(2, outcomes(2));
            file.record(0, outcomes(0));
        }
        return path;
    }

    @Test
    void recordsSurviveReopening() throws IOException {
        try (HuntFile file = HuntFile.open(written(), plan(1))) {
            assertEquals(2, file.size());
            assertArrayEquals(outcomes(0), file.recorded(0), 0);
            assertArrayEquals(outcomes(2), file.recorded(2), 0);
            assertEquals(0, file.recorded(1).length);
        }
    }

    @Test
    void aTruncatedFileKeepsItsCompleteRecords() throws IOException {
        byte[] whole = Files.readAllBytes(written());
        int record = (whole.length - HEADER) / 2;
        for (int length = 0; length < whole.length; length++) {
            Path path = folder.resolve("cut");
            Files.write(path, Arrays.copyOf(whole, length));
            int kept = Math.max(0, (length - HEADER) / record);
            try (HuntFile file = HuntFile.open(path, plan(1))) {
                assertEquals(kept, file.size(), "after " + length + " bytes");
                file.record(1, outcomes(1));
            }
            try (HuntFile file = HuntFile.open(path, plan(1))) {
                assertEquals(kept + 1, file.size(), "after " + length + " bytes and one more record");
                assertArrayEquals(outcomes(1), file.recorded(1), 0);
            }
        }
    }

    @Test
    void aDamagedRecordAndAllLaterOnesAreRedone() throws IOException {
        byte[] whole = Files.readAllBytes(written());
        int record = (whole.length - HEADER) / 2;
        for (int at = HEADER; at < HEADER + record; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            Path path = Files.write(folder.resolve("damaged"), damaged);
            try (HuntFile file = HuntFile.open(path, plan(1))) {
                assertEquals(0, file.size(), "byte " + at);
            }
        }
    }

    @Test
    void anotherPlansJournalIsRefused() throws IOException {
        Path path = written();

        IOException refusal = assertThrows(IOException.class, () -> HuntFile.open(path, plan(2)));

        assertTrue(refusal.toString().contains(path + ": expected the journal of this plan"), refusal::toString);
        assertEquals(1, refusal.toString().lines().count());
    }

    @Test
    void anotherKindOfFileIsRefusedAndLeftUnchanged() throws IOException {
        Path path = Files.writeString(folder.resolve("notes.txt"), "not a journal, but somebody's notes\n".repeat(9));
        byte[] before = Files.readAllBytes(path);

        IOException refusal = assertThrows(IOException.class, () -> HuntFile.open(path, plan(1)));

        assertTrue(refusal.toString().contains(path + ": expected a journal"), refusal::toString);
        assertArrayEquals(before, Files.readAllBytes(path));
    }

    /** A journal from an independent writer, see {@code golden/generate_journal.py}. */
    @Test
    void journalFormatIsUnchanged() throws IOException {
        byte[] golden = GoldenBytes.load(HuntFileTest.class, "/golden/hunt.journal");
        UfmProblem first =
                new UfmProblem(new CrossEntropy(), ClassCounts.of(5, 5, 3), 3, 0.01, 0.001, Bias.ofLambda(0.1));
        UfmProblem second =
                new UfmProblem(new SquaredError(), ClassCounts.balanced(2, 2), 4, 0.01, 0.001, new Bias.None());
        HuntPlan plan = new HuntPlan(
                List.of(first, second), List.of(Descender.defaults().get(1)), 40, 7);
        double[] chunk0 = new double[64];
        Arrays.fill(chunk0, 0.25);
        double[] chunk1 = {0.5, -1, Double.NaN};
        Path stored = Files.write(folder.resolve("stored"), golden);
        try (HuntFile file = HuntFile.open(stored, plan)) {
            assertArrayEquals(chunk0, file.recorded(0));
            assertArrayEquals(chunk1, file.recorded(1));
        }
        Path written = folder.resolve("written");
        try (HuntFile file = HuntFile.open(written, plan)) {
            file.record(1, chunk1);
            file.record(0, chunk0);
        }
        assertArrayEquals(golden, Files.readAllBytes(written));
    }

    @Test
    void otherVersionsAreRefusedAndLeftUnchanged() throws IOException {
        byte[] first = Files.readAllBytes(written());
        first["collapse4j hunt ".length()] = '1';
        Path path = Files.write(folder.resolve("first"), first);

        IOException refusal = assertThrows(IOException.class, () -> HuntFile.open(path, plan(1)));

        assertEquals(
                path + ": version: expected 2, found 1; finish this hunt with the collapse4j that began it, or use"
                        + " another file",
                refusal.getMessage());
        assertArrayEquals(first, Files.readAllBytes(path));
    }
}
