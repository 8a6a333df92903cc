package io.github.collapse4j.io.samples.contract;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.data.SampleReader;
import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.array.FormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Requirements on a reader of arbitrary bytes. */
public final class ReaderOracle {
    /** More than any valid file of this size has. */
    private static final long MAX_BATCHES = 10_000_000;

    private ReaderOracle() {}

    /** A read operation. */
    @FunctionalInterface
    public interface Reading {
        /** Reads it. */
        void read() throws IOException;
    }

    /** A read operation on a file. */
    @FunctionalInterface
    public interface FileReading {
        /** Reads it. */
        void read(Path file) throws IOException;
    }

    /** Writes the bytes to a file, and checks that reading it succeeds or fails with an error meant for the user. */
    public static void checkFile(byte[] bytes, String suffix, FileReading reading) throws IOException {
        Path file = Files.createTempFile("fuzz", suffix);
        try {
            Files.write(file, bytes);
            check(() -> reading.read(file));
        } finally {
            Files.delete(file);
        }
    }

    /** Checks that reading succeeds or fails with an error meant for the user. */
    public static void check(Reading reading) {
        try {
            reading.read();
        } catch (FormatException | InputException e) {
            checkMessage(e);
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof FormatException) && !(e.getCause() instanceof InputException)) {
                throw new AssertionError("not an error for the user", e);
            }
            checkMessage(e);
        } catch (IOException e) {
            throw new AssertionError("not an error for the user", e);
        }
    }

    /** Reads all samples; features must be finite and labels valid. */
    public static void readAll(SampleSource source, int capacity) {
        SampleBatch batch = new SampleBatch(source.featureDimension(), capacity);
        try (SampleReader reader = source.open()) {
            for (long batches = 0; reader.next(batch); batches++) {
                if (batches > MAX_BATCHES) {
                    throw new AssertionError("does not end");
                }
                checkBatch(batch, source.classes());
            }
        }
    }

    private static void checkBatch(SampleBatch batch, int classes) {
        for (int i = 0; i < batch.count(); i++) {
            if (batch.labels()[i] < 0 || batch.labels()[i] >= classes) {
                throw new AssertionError("label " + batch.labels()[i]);
            }
        }
        for (int i = 0; i < batch.count() * batch.featureDimension(); i++) {
            if (!Double.isFinite(batch.features()[i])) {
                throw new AssertionError("feature " + batch.features()[i]);
            }
        }
    }

    private static void checkMessage(Exception e) {
        String message = String.valueOf(e.getMessage());
        if (message.lines().count() != 1 || message.chars().anyMatch(Character::isISOControl)) {
            throw new AssertionError("not one line", e);
        }
    }
}
