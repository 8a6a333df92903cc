package io.github.collapse4j.io.csv;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.samples.IndexColumn;
import io.github.collapse4j.io.samples.Piece;
import io.github.collapse4j.io.samples.ShardCursor;
import io.github.collapse4j.io.samples.TableColumns;
import io.github.collapse4j.io.samples.TableShard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A text file. Lines are split by the thread that takes a piece, numbers are parsed by the thread that decodes it. */
final class CsvShard implements TableShard {
    /** Maximum characters in a piece, whatever the number of samples. */
    private static final int MAX_CHARACTERS = 1 << 24;

    private final Path file;
    private final char separator;
    private final CsvLayout layout;

    private CsvShard(Path file, char separator, CsvLayout layout) {
        this.file = file;
        this.separator = separator;
        this.layout = layout;
    }

    /**
     * Opens a file and reads its first lines.
     *
     * @throws InputException if it has none, or lacks the requested columns
     * @throws java.nio.file.NoSuchFileException if there is no such file
     */
    static CsvShard open(Path file, TableColumns columns) throws IOException {
        char separator = Separator.of(file);
        return new CsvShard(file, separator, ColumnRules.layout(CsvHead.read(file, separator), columns));
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public String labelPlace() {
        return name() + ": "
                + (layout.label().isPresent() ? layout.place(layout.label().getAsInt()) : "no labels");
    }

    @Override
    public List<String> notes() {
        return layout.index().stream()
                .map(column -> IndexColumn.note(name(), layout.place(column)))
                .toList();
    }

    @Override
    public Optional<List<String>> featureNames() {
        return layout.featureNames();
    }

    @Override
    public Optional<String> labelName() {
        return layout.hasHeader() && layout.label().isPresent()
                ? Optional.of(layout.names().get(layout.label().getAsInt()))
                : Optional.empty();
    }

    @Override
    public TableShard withFeatures(List<String> names) {
        return new CsvShard(file, separator, layout.withFeatures(names));
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
    public OptionalLong largestLabel() throws IOException {
        long largest = -1;
        try (CsvLines lines = lines()) {
            for (Optional<CsvRow> row = lines.next(); row.isPresent(); row = lines.next()) {
                layout.check(name(), row.get());
                long label = layout.label(name(), row.get());
                if (label < 0) {
                    throw new InputException(labelPosition(row.get()) + ": expected 0 or more, found " + label);
                }
                largest = Math.max(largest, label);
            }
        }
        return largest < 0 ? OptionalLong.empty() : OptionalLong.of(largest);
    }

    private String labelPosition(CsvRow row) {
        return layout.position(name(), row, layout.label().orElse(0));
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
            while (rows.size() < most && characters < MAX_CHARACTERS) {
                Optional<CsvRow> row = lines.next();
                if (row.isEmpty()) {
                    break;
                }
                layout.check(name(), row.get());
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
                for (int column : layout.features()) {
                    features[at++] = layout.feature(name(), row, column);
                }
                labels[i] = layout.label(name(), row);
            }
        }

        @Override
        public String featurePosition(int index, int feature) {
            return layout.position(name(), rows.get(index), layout.features().get(feature));
        }

        @Override
        public String labelPosition(int index) {
            return CsvShard.this.labelPosition(rows.get(index));
        }
    }
}
