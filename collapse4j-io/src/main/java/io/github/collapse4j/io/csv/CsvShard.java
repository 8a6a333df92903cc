package io.github.collapse4j.io.csv;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.array.OneLine;
import io.github.collapse4j.io.samples.Piece;
import io.github.collapse4j.io.samples.SampleShard;
import io.github.collapse4j.io.samples.ShardCursor;
import io.github.collapse4j.io.samples.TableColumns;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A file of text. Lines are told apart by the thread that takes them, numbers are read by the thread that decodes. */
final class CsvShard implements SampleShard {
    /** Characters that a piece may hold, whatever the number of samples. */
    private static final int MOST_CHARACTERS = 1 << 24;

    private final Path file;
    private final char separator;
    private final CsvLayout layout;

    private CsvShard(Path file, char separator, CsvLayout layout) {
        this.file = file;
        this.separator = separator;
        this.layout = layout;
    }

    /**
     * Opens a file and reads its first line.
     *
     * @throws InputException if it has none, or not the columns that are wanted
     * @throws java.nio.file.NoSuchFileException if there is no such file
     */
    static CsvShard open(Path file, char separator, TableColumns columns) throws IOException {
        try (CsvLines lines = CsvLines.open(file, separator)) {
            CsvRow first = lines.next()
                    .orElseThrow(() -> new InputException(file + ": expected a header or samples, found nothing"));
            return new CsvShard(file, separator, CsvLayout.of(file.toString(), first, columns));
        }
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public int featureDimension() {
        return layout.featureDimension();
    }

    @Override
    public OptionalLong samples() {
        return OptionalLong.empty();
    }

    @Override
    public boolean isRereadable() {
        return true;
    }

    @Override
    public ShardCursor open() throws IOException {
        return new Cursor(lines());
    }

    private CsvLines lines() throws IOException {
        CsvLines lines = CsvLines.open(file, separator);
        if (layout.hasHeader()) {
            lines.next();
        }
        return lines;
    }

    @Override
    public long largestLabel() throws IOException {
        long largest = -1;
        try (CsvLines lines = lines()) {
            for (Optional<CsvRow> row = lines.next(); row.isPresent(); row = lines.next()) {
                layout.checkFields(name(), row.get());
                long label = layout.label(name(), row.get());
                if (label < 0) {
                    throw new InputException(layout.position(name(), row.get(), layout.label())
                            + ": expected 0 or more, found " + label);
                }
                largest = Math.max(largest, label);
            }
        }
        return largest;
    }

    private final class Cursor implements ShardCursor {
        private final CsvLines lines;

        private Cursor(CsvLines lines) {
            this.lines = lines;
        }

        @Override
        public Optional<Piece> take(int most) throws IOException {
            List<CsvRow> rows = new ArrayList<>();
            long characters = 0;
            while (rows.size() < most && characters < MOST_CHARACTERS) {
                Optional<CsvRow> row = lines.next();
                if (row.isEmpty()) {
                    break;
                }
                layout.checkFields(name(), row.get());
                rows.add(row.get());
                characters += row.get().text().length;
            }
            return rows.isEmpty() ? Optional.empty() : Optional.of(new Rows(rows));
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    private final class Rows implements Piece {
        private final List<CsvRow> rows;

        private Rows(List<CsvRow> rows) {
            this.rows = rows;
        }

        @Override
        public int count() {
            return rows.size();
        }

        @Override
        public void read(double[] features, long[] labels) throws IOException {
            int at = 0;
            for (int i = 0; i < rows.size(); i++) {
                CsvRow row = rows.get(i);
                for (int column = 0; column < layout.columns(); column++) {
                    if (column != layout.label()) {
                        features[at++] = finite(row, column);
                    }
                }
                labels[i] = layout.label(name(), row);
            }
        }

        private double finite(CsvRow row, int column) throws InputException {
            double value = row.number(column);
            if (!Double.isFinite(value)) {
                throw new InputException(layout.position(name(), row, column) + ": expected a finite number, found '"
                        + OneLine.shortened(row.field(column)) + "'");
            }
            return value;
        }

        @Override
        public String featurePosition(int index, int feature) {
            int column = layout.label() <= feature ? feature + 1 : feature;
            return layout.position(name(), rows.get(index), column);
        }

        @Override
        public String labelPosition(int index) {
            return layout.position(name(), rows.get(index), layout.label());
        }
    }
}
