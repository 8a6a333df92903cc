package io.github.collapse4j.io.fuzz;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.collapse4j.io.samples.contract.ReaderOracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Damages files, and reads each one within a minute even on a busy machine. With {@code -Dcollapse4j.mutation.seconds=600},
 * for so long, from another seed.
 */
final class Mutations {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int MUTATIONS = 32;
    private static final long SECONDS = Long.getLong("collapse4j.mutation.seconds", 0);

    private Mutations() {}

    /** Damages the files in turn; the others are then as they were. */
    static void run(String reader, List<Path> files, ReaderOracle.FileReading reading) throws IOException {
        List<Mutator> mutators = new ArrayList<>();
        for (Path file : files) {
            mutators.add(new Mutator(file));
        }
        long seed = SECONDS == 0 ? 7 : System.currentTimeMillis();
        long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
        long count = 0;
        for (; SECONDS == 0 ? count < MUTATIONS : System.nanoTime() < end; count++) {
            int chosen = (int) (count % files.size());
            Path file = files.get(chosen);
            byte[] whole = Files.readAllBytes(file);
            Files.write(file, mutators.get(chosen).mutate(new Random(seed + count)));
            try {
                assertTimeoutPreemptively(LONGEST, () -> reading.read(file));
            } catch (Throwable e) {
                throw new AssertionError(file.getFileName() + " damaged with seed " + (seed + count), e);
            }
            Files.write(file, whole);
        }
        if (SECONDS > 0) {
            System.out.println(reader + ": " + count + " mutations in " + SECONDS + " s");
        }
    }
}
