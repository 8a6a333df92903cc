package io.github.collapse4j.cli;

import io.github.collapse4j.cli.text.Version;
import io.github.collapse4j.linalg.OutOfRangeException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/**
 * What a program says of an exception, and its exit code. What files, the machine or numbers out of range are to blame for
 * is one line and 1; there are exceptions for that. Any other is a mistake of ours, and looks like one.
 */
final class Failures {
    /** As {@code sysexits.h} has it for an error in the program itself. */
    static final int INTERNAL = 70;

    private Failures() {}

    /** Reports an exception, and returns the exit code. */
    static int report(Throwable thrown, String program, PrintWriter err) {
        Interruption.waitIfEnding();
        Throwable failure =
                thrown instanceof UncheckedIOException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (isOutOfMemory(thrown)) {
            err.println(program + ": out of memory, found no more than "
                    + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MB: give it more with java -Xmx…, such as JAVA_OPTS=-Xmx8g ./collapse4j …");
            return 1;
        }
        if (failure instanceof IOException || failure instanceof OutOfRangeException) {
            err.println(program + ": " + describe(failure));
            return 1;
        }
        failure.printStackTrace(err);
        err.println(program + ": this is a bug of collapse4j " + Version.current()
                + ", not of what it was given: please report it with the lines above");
        return INTERNAL;
    }

    private static boolean isOutOfMemory(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
        }
        return false;
    }

    /** What went wrong, in words also where the system says no more than the name of a file. */
    private static String describe(Throwable cause) {
        if (cause instanceof FileSystemException inFile && inFile.getReason() == null) {
            String reason = cause instanceof NoSuchFileException
                    ? "no such file or folder"
                    : cause instanceof AccessDeniedException
                            ? "permission denied"
                            : cause instanceof FileAlreadyExistsException
                                    ? "expected a folder, found a file"
                                    : cause.getClass().getSimpleName();
            return inFile.getFile() + ": " + reason;
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
