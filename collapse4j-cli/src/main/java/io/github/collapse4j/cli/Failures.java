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
 * Reports an exception and chooses the exit code. Failures of files, of the machine or of the input's range have their
 * own exception types and take one line and exit code 1. Any other exception is a bug and is reported as one.
 */
final class Failures {
    /** EX_SOFTWARE of {@code sysexits.h}: an error in the program itself. */
    static final int INTERNAL = 70;

    private Failures() {}

    /** Reports an exception, and returns the exit code. */
    static int report(Throwable thrown, String program, PrintWriter err) {
        Interruption.waitIfEnding();
        Throwable failure =
                thrown instanceof UncheckedIOException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (isOutOfMemory(thrown)) {
            err.println(program + ": out of memory at the limit of "
                    + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MB: raise it with java -Xmx…, such as JAVA_OPTS=-Xmx8g ./collapse4j …");
            return 1;
        }
        if (failure instanceof IOException || failure instanceof OutOfRangeException) {
            err.println(program + ": " + describe(failure));
            return 1;
        }
        failure.printStackTrace(err);
        err.println(program + ": this is a bug in collapse4j " + Version.current()
                + ", not in its input: please report it with the lines above");
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

    /** Describes the failure in words, even if the system supplies no more than a file name. */
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
