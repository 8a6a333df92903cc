package io.github.collapse4j.djl;

import io.github.collapse4j.io.file.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.Consumer;

/**
 * A log file with one line per epoch: CSV with a header if its name ends with {@code .csv}, otherwise one JSON object
 * per line. The file is complete at all times. NaN and infinite values are empty in CSV and null in JSON.
 */
public final class CollapseLog implements Consumer<CollapseState> {
    private final Path file;
    private final boolean csv;
    private final StringBuilder lines = new StringBuilder();

    public CollapseLog(Path file) {
        this.file = file;
        this.csv = file.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
    }

    /** Continues a training: the file starts with the epochs done, and later ones are appended. */
    public void resume(List<CollapseState> done) {
        lines.setLength(0);
        done.forEach(this::append);
        write();
    }

    @Override
    public void accept(CollapseState state) {
        append(state);
        write();
    }

    private void write() {
        try {
            AtomicFile.writeString(file, lines.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void append(CollapseState state) {
        if (csv && lines.isEmpty()) {
            lines.append("epoch,")
                    .append(String.join(",", state.figures().keySet()))
                    .append('\n');
        }
        StringJoiner line = csv ? new StringJoiner(",") : new StringJoiner(",", "{", "}");
        line.add(csv ? Integer.toString(state.epoch()) : "\"epoch\":" + state.epoch());
        state.figures().forEach((name, value) -> {
            String number = Double.isFinite(value) ? Double.toString(value) : csv ? "" : "null";
            line.add(csv ? number : "\"" + name + "\":" + number);
        });
        lines.append(line).append('\n');
    }
}
