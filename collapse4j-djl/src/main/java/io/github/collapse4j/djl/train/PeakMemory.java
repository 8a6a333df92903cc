package io.github.collapse4j.djl.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The peak resident memory of this process, Java's and the engine's, since the last reset; available on Linux only. */
final class PeakMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path RESET = Path.of("/proc/self/clear_refs");

    private PeakMemory() {}

    /** Resets the peak. */
    static void reset() {
        try {
            Files.writeString(RESET, "5");
        } catch (IOException e) {
            // then the peak covers the whole life of the process
        }
    }

    /** The peak in bytes. */
    static OptionalLong bytes() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith("VmHWM:")) {
                    String[] words = line.substring(6).trim().split("\\s+", -1);
                    return OptionalLong.of(1024 * Long.parseLong(words[0]));
                }
            }
        } catch (IOException | NumberFormatException e) {
            // not Linux
        }
        return OptionalLong.empty();
    }
}
