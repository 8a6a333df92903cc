package io.github.collapse4j.io.parquet;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.samples.ColumnRoles;
import io.github.collapse4j.io.samples.FeatureCheck;
import io.github.collapse4j.io.samples.IndexColumn;
import io.github.collapse4j.io.samples.PandasMetadata;
import io.github.collapse4j.io.samples.Piece;
import io.github.collapse4j.io.samples.ShardCursor;
import io.github.collapse4j.io.samples.TableColumns;
import io.github.collapse4j.io.samples.TableShard;
import io.github.collapse4j.io.samples.TypedTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** A file, read one row group at a time; the compressed pages of one are in memory. */
final class ParquetShard implements TableShard {
    private static final int LABEL_CHUNK = 1 << 16;

    private final Path file;
    private final ParquetColumns columns;
    private final int dimension;
    private final long rows;

    private ParquetShard(Path file, ParquetColumns columns, int dimension, long rows) {
        this.file = file;
        this.columns = columns;
        this.dimension = dimension;
        this.rows = rows;
    }

    /** Opens a file: reads its footer and, to determine d, its first list. */
    static ParquetShard open(Path file, TableColumns wanted) throws IOException {
        String name = file.toString();
        try (ParquetFileReader reader = Library.open(file)) {
            long rows = Library.guarded(name, "footer", reader::getRecordCount);
            ParquetColumns columns =
                    Library.guarded(name, "schema", () -> columns(file, reader.getFileMetaData(), wanted));
            int dimension = columns.isList()
                    ? lengthOfFirstList(file, columns)
                    : columns.features().size();
            return new ParquetShard(file, columns, FeatureCheck.dimension(name, dimension), rows);
        }
    }

    private static ParquetColumns columns(Path file, FileMetaData footer, TableColumns wanted) throws IOException {
        MessageType schema = footer.getSchema();
        TypedTable table = new TypedTable(
                file.toString(),
                ParquetSchema.columns(schema),
                PandasMetadata.indexColumns(footer.getKeyValueMetaData().get(PandasMetadata.KEY)));
        ColumnRoles roles = table.roles(wanted, column -> firstRows(file, ParquetColumns.single(schema, column)));
        return ParquetColumns.of(schema, roles, wanted.labels());
    }

    private static long[] firstRows(Path file, ParquetColumns column) throws IOException {
        long[] first = new long[IndexColumn.ROWS];
        int done = 0;
        try (RowGroups groups = new RowGroups(file, column)) {
            for (Optional<RowGroup> next = groups.next();
                    next.isPresent() && done < first.length;
                    next = groups.next()) {
                int count = (int) Math.min(first.length - done, next.get().remaining());
                long[] some = new long[count];
                next.get().labels(count, some);
                System.arraycopy(some, 0, first, done, count);
                done += count;
            }
        }
        return Arrays.copyOf(first, done);
    }

    private static int lengthOfFirstList(Path file, ParquetColumns columns) throws IOException {
        try (RowGroups groups = new RowGroups(file, columns)) {
            RowGroup first = groups.next()
                    .orElseThrow(() -> new InputException(
                            file + ": expected at least one sample to infer the number of features, found none"));
            return Library.guarded(file.toString(), "row group 0", first::lengthOfFirstList);
        }
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public String labelPlace() {
        return name() + columns.labelName().map(label -> ": column " + label).orElse("");
    }

    @Override
    public List<String> notes() {
        return columns.notes();
    }

    @Override
    public Optional<List<String>> featureNames() {
        return columns.isList()
                ? Optional.empty()
                : Optional.of(
                        columns.features().stream().map(NumberColumn::name).toList());
    }

    @Override
    public Optional<String> labelName() {
        return columns.labelName();
    }

    @Override
    public TableShard withFeatures(List<String> names) {
        return new ParquetShard(file, columns.withFeatures(names), dimension, rows);
    }

    @Override
    public int featureDimension() {
        return dimension;
    }

    @Override
    public OptionalLong samples() {
        return OptionalLong.of(rows);
    }

    @Override
    public boolean isRereadable() {
        return true;
    }

    @Override
    public ShardCursor open() throws IOException {
        return new Cursor(new RowGroups(file, columns));
    }

    @Override
    public OptionalLong largestLabel() throws IOException {
        long largest = -1;
        long[] some = new long[LABEL_CHUNK];
        try (RowGroups groups = new RowGroups(file, columns.withoutFeatures())) {
            for (Optional<RowGroup> next = groups.next(); next.isPresent(); next = groups.next()) {
                RowGroup group = next.get();
                while (group.remaining() > 0) {
                    long first = group.next();
                    int count = (int) Math.min(some.length, group.remaining());
                    Library.guarded(name(), "labels", () -> {
                        group.labels(count, some);
                        return group;
                    });
                    for (int i = 0; i < count; i++) {
                        if (some[i] < 0) {
                            throw new InputException(
                                    labelPosition(group, first + i) + ": expected 0 or more, found " + some[i]);
                        }
                        largest = Math.max(largest, some[i]);
                    }
                }
            }
        }
        return largest < 0 ? OptionalLong.empty() : OptionalLong.of(largest);
    }

    private String labelPosition(RowGroup group, long row) {
        return group.position(row, columns.labelName().orElse("label"));
    }

    private final class Cursor implements ShardCursor {
        private final RowGroups groups;
        private @Nullable RowGroup group;

        private Cursor(RowGroups groups) {
            this.groups = groups;
        }

        @Override
        public Optional<Piece> take(int most) throws IOException {
            RowGroup current = group;
            if (current == null || current.remaining() == 0) {
                Optional<RowGroup> next = groups.next();
                if (next.isEmpty()) {
                    return Optional.empty();
                }
                current = next.get();
                group = current;
            }
            RowGroup decoded = current;
            int count = (int) Math.min(most, decoded.remaining());
            return Optional.of(Library.guarded(name(), "row group", () -> {
                long first = decoded.next();
                double[] features = new double[count * dimension];
                long[] labels = new long[count];
                decoded.features(count, dimension, features);
                decoded.labels(count, labels);
                return new Rows(decoded, first, features, labels);
            }));
        }

        @Override
        public void close() throws IOException {
            groups.close();
        }
    }

    private final class Rows implements Piece {
        private final RowGroup group;
        private final long first;
        private final double[] features;
        private final long[] labels;

        private Rows(RowGroup group, long first, double[] features, long[] labels) {
            this.group = group;
            this.first = first;
            this.features = features;
            this.labels = labels;
        }

        @Override
        public int count() {
            return labels.length;
        }

        @Override
        public void read(double[] featureTarget, long[] labelTarget) {
            System.arraycopy(features, 0, featureTarget, 0, features.length);
            System.arraycopy(labels, 0, labelTarget, 0, labels.length);
        }

        @Override
        public String featurePosition(int index, int feature) {
            String column = columns.isList()
                    ? columns.features().get(0).name() + "[" + feature + "]"
                    : columns.features().get(feature).name();
            return group.position(first + index, column);
        }

        @Override
        public String labelPosition(int index) {
            return ParquetShard.this.labelPosition(group, first + index);
        }
    }
}
