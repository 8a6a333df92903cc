package io.github.collapse4j.djl.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The largest resident memory of this process, Java's and the engine's, since it was last reset; where the system is a
 * Linux that tells.
 */
final class PeakMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path RESET = Path.of("/proc/self/clear_refs");

    private PeakMemory() {}

    /** Forgets the peak so far. */
    static void reset() {
        try {
            Files.writeString(RESET, "5");
        } catch (IOException e) {
            // then the peak is that of the whole process
        }
    }

    /** Bytes. */
    static OptionalLong bytes() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith("VmHWM:")) {
                    String[] words = line.substring(6).trim().split("\\s+", -1);
                    return OptionalLong.of(1024 * Long.parseLong(words[0]));
                }
            }
        } catch (IOException | NumberFormatException e) {
            // another system
        }
        return OptionalLong.empty();
    }
}
