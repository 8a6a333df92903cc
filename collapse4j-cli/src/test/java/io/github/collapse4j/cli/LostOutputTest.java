package io.github.collapse4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Output that cannot be written, in separate processes. */
@Execution(ExecutionMode.CONCURRENT)
@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere there is no device that is always full")
@Tag("heavy")
class LostOutputTest {
    private static final String FULL = "collapse4j: standard output: No space left on device\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--version",
                "--help",
                "certify --help",
                "certify",
                "certify --json -",
                "solve --counts 5,3",
                "landscape --classes 3 --starts 4 --json -"
            })
    void aFullDiskIsAFailure(String arguments) throws Exception {
        assertEquals(1, run("exec \"$@\" > /dev/full", arguments));
        assertEquals(FULL, errors());
    }

    @Test
    void aClosedOutputIsAFailure() throws Exception {
        assertEquals(1, run("exec \"$@\" >&-", "--version"));
        assertTrue(errors().startsWith("collapse4j: standard output: "), errors());
    }

    @Test
    void closingThePipeEarlyIsNoFailure() throws Exception {
        // the reader is gone before the program writes
        assertEquals(
                141,
                run(
                        "mkfifo '" + folder + "/pipe'; (\"$@\" > '" + folder + "/pipe'; echo $? > '" + folder
                                + "/code') & exec 3< '" + folder + "/pipe'; exec 3<&-; wait; exit $(cat '" + folder
                                + "/code')",
                        "--help"));
        assertEquals("", errors());
    }

    @Test
    void jsonOnAFullDeviceIsAFailure() throws Exception {
        assertEquals(1, run("exec \"$@\"", "solve --counts 5,3 --json /dev/full"));
        assertEquals("collapse4j solve: /dev/full: is not a regular file, hence not replaced\n", errors());
    }

    /** A limit on file size stands for a full disk. */
    @Test
    void arraysBeyondTheLimitAreNamed() throws Exception {
        Path out = folder.resolve("out");
        assertEquals(
                1, run("ulimit -f 200; exec \"$@\"", "solve --classes 300 --per-class 5 --lambda-h 1e-6 --out " + out));
        assertTrue(errors().startsWith("collapse4j solve: " + out.resolve("features.npy") + ": "), errors());
        assertFalse(errors().contains(".tmp"), errors());
        assertEquals(1, errors().lines().count());
        assertFalse(Files.exists(out.resolve("features.npy")));
    }

    private int run(String script, String arguments) throws Exception {
        Process process = Program.shell(script, folder.resolve("errors"), arguments.split(" "));
        process.getInputStream().readAllBytes();
        return process.waitFor();
    }

    private String errors() throws Exception {
        return Files.readString(folder.resolve("errors"), StandardCharsets.UTF_8);
    }
}
