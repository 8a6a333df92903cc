package io.github.collapse4j.io.tensorboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.testkit.TensorBoardReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_700_000_000_250L), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** RFC 3720, B.4. */
    @Test
    void theReadersChecksumIsThatOfTheStandard() {
        assertEquals(0x8a9136aa, TensorBoardReader.crc(new byte[32]));
        assertEquals(0xe3069283, TensorBoardReader.crc("123456789".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void anIndependentReaderFindsWhatWasAdded() throws IOException {
        EventFile file = EventFile.create(folder, 1, CLOCK);
        file.add(1, Map.of("collapse/nc1", 0.25, "collapse/relativeGap", Double.NaN));
        file.add(300, Map.of("collapse/nc1", 1e-9, "Größe", -2.0));

        assertEquals(
                "events.out.tfevents.1700000000.collapse4j",
                files().get(0).getFileName().toString());
        List<TensorBoardReader.Event> events = TensorBoardReader.read(files().get(0));
        assertEquals(4, events.size());
        assertEquals("brain.Event:2", events.get(0).version());
        assertEquals(1, events.get(1).sessionStatus(), "SessionLog.START");
        assertEquals(1, events.get(1).step());
        assertEquals(Map.of("collapse/nc1", 0.25f), events.get(2).scalars(), "what is not finite is left out");
        assertEquals(300, events.get(3).step());
        assertEquals(Map.of("collapse/nc1", 1e-9f, "Größe", -2f), events.get(3).scalars());
        for (TensorBoardReader.Event event : events) {
            assertEquals(1_700_000_000.25, event.wallTime());
        }
    }

    @Test
    void aContinuedTrainingAddsAFileThatSupersedesLaterSteps() throws IOException {
        assertFalse(EventFile.isIn(folder));
        EventFile.create(folder, 1, CLOCK).add(1, Map.of("a", 1.0));
        assertTrue(EventFile.isIn(folder));
        EventFile.create(folder, 5, CLOCK);
        assertEquals(2, files().size(), "a name of its own within the same second");
        assertEquals(5, TensorBoardReader.read(files().get(1)).get(1).step());
    }
}
