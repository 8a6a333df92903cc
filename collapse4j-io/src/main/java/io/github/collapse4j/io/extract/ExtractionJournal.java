package io.github.collapse4j.io.extract;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.collapse4j.io.file.AtomicFile;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How far an extraction has come, in a file beside its results.
 *
 * @param version of this format
 * @param model identity of model and engine
 * @param inputs identity of the data and their preparation
 * @param labels checksum of the labels, 0 without labels
 * @param batch samples at a time
 * @param rows finished samples
 * @param correct of these, those whose largest logit is that of their class
 * @param difference largest difference of a logit so far
 * @param largest largest logit so far
 */
record ExtractionJournal(
        int version,
        String model,
        String inputs,
        int labels,
        int batch,
        long rows,
        long correct,
        double difference,
        double largest) {
    private static final int VERSION = 1;

    /** Nothing done yet. */
    static ExtractionJournal begin(String model, String inputs, int labels, int batch) {
        return new ExtractionJournal(VERSION, model, inputs, labels, batch, 0, 0, 0, 0);
    }

    /** The same extraction, further on. */
    ExtractionJournal at(long done, long right, LogitCheck.Compared compared) {
        return new ExtractionJournal(
                version, model, inputs, labels, batch, done, right, compared.difference(), compared.largest());
    }

    /** Reads what an earlier process left; empty if there is nothing that can be read. */
    static Optional<ExtractionJournal> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            return Optional.of(new ExtractionJournal(
                    json.get("version").getAsInt(),
                    json.get("model").getAsString(),
                    json.get("inputs").getAsString(),
                    json.get("labels").getAsInt(),
                    json.get("batch").getAsInt(),
                    json.get("rows").getAsLong(),
                    json.get("correct").getAsLong(),
                    json.get("difference").getAsDouble(),
                    json.get("largest").getAsDouble()));
        } catch (RuntimeException | MalformedInputException e) { // fields that are missing, or of another kind
            return Optional.empty();
        }
    }

    /** Replaces the file. */
    void write(Path file) throws IOException {
        JsonObject json = new JsonObject();
        json.addProperty("version", version);
        json.addProperty("model", model);
        json.addProperty("inputs", inputs);
        json.addProperty("labels", labels);
        json.addProperty("batch", batch);
        json.addProperty("rows", rows);
        json.addProperty("correct", correct);
        json.addProperty("difference", difference);
        json.addProperty("largest", largest);
        AtomicFile.writeString(file, json + "\n");
    }

    /** Whether another extraction is this one, at whatever point. */
    boolean isOfSame(ExtractionJournal other) {
        return at(0, 0, LogitCheck.Compared.NOTHING).equals(other.at(0, 0, LogitCheck.Compared.NOTHING));
    }
}
