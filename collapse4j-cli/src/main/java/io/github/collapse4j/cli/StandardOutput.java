package io.github.collapse4j.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Standard output that records write errors, which {@code System.out} swallows. */
final class StandardOutput extends OutputStream {
    /** The exit code that a shell reports when the reader of a pipe has closed it: 128 plus the number of SIGPIPE. */
    private static final int READER_HAS_GONE = 141;

    private final OutputStream bytes;
    private final PrintWriter writer = new PrintWriter(this, true, StandardCharsets.UTF_8);
    private @Nullable IOException failure;

    StandardOutput() {
        this(new FileOutputStream(FileDescriptor.out));
    }

    StandardOutput(OutputStream bytes) {
        this.bytes = bytes;
    }

    /** A writer for text. */
    PrintWriter writer() {
        return writer;
    }

    /**
     * The exit code of a program that would have ended with {@code code}: the same unless output was lost. A reader
     * that closed the pipe early is not reported; any other error is written to {@code err} as one line.
     */
    int exitCode(int code, String program, PrintWriter err) {
        writer.flush();
        if (failure == null) {
            return code;
        }
        String reason = String.valueOf(failure.getMessage());
        if (reason.toLowerCase(Locale.ROOT).contains("pipe")) {
            return code == 0 ? READER_HAS_GONE : code;
        }
        err.println(program + ": standard output: " + reason);
        return code == 0 ? 1 : code;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] b, int offset, int length) throws IOException {
        try {
            bytes.write(b, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }
}
