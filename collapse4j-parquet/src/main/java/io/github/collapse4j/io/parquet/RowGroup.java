package io.github.collapse4j.io.parquet;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.samples.SampleShard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.DummyRecordConverter;
import org.apache.parquet.schema.MessageType;

/** A row group whose pages are in memory, decoded from its first row to its last. */
final class RowGroup {
    /** Above this, doubles skip integers. */
    private static final double MAX_LABEL = 0x1p53;

    private final String name;
    private final ParquetColumns columns;
    private final long rows;
    private final List<ColumnReader> features = new ArrayList<>();
    private final Optional<ColumnReader> label;
    private long next;

    /**
     * Starts at the first row.
     *
     * @param name file and number of the row group, for messages
     * @param schema schema of the columns to read
     */
    RowGroup(String name, ParquetColumns columns, PageReadStore pages, MessageType schema, String createdBy) {
        this.name = name;
        this.columns = columns;
        this.rows = pages.getRowCount();
        ColumnReadStoreImpl store =
                new ColumnReadStoreImpl(pages, new DummyRecordConverter(schema).getRootConverter(), schema, createdBy);
        for (NumberColumn column : columns.features()) {
            features.add(store.getColumnReader(column.descriptor()));
        }
        this.label = columns.label().map(column -> store.getColumnReader(column.descriptor()));
    }

    /** {@return the number of rows left} */
    long remaining() {
        return rows - next;
    }

    /** {@return the number of the next row} */
    long next() {
        return next;
    }

    /** {@return a position, for messages} */
    String position(long row, String column) {
        return name + ", row " + row + ", column " + column;
    }

    /** {@return the length of the next row's list, which is consumed} */
    int lengthOfFirstList() throws InputException {
        ColumnReader reader = features.get(0);
        int length = 0;
        do {
            checkDefined(reader, columns.features().get(0), 0, length);
            length++;
            reader.consume();
        } while (reader.getCurrentRepetitionLevel() > 0 && length <= SampleShard.MAX_DIMENSIONS);
        return length;
    }

    /** Reads the features of the next {@code count} rows, row by row; to be followed by {@link #labels}. */
    void features(int count, int dimension, double[] target) throws InputException {
        if (columns.isList()) {
            lists(count, dimension, target);
        } else {
            for (int column = 0; column < dimension; column++) {
                singles(column, count, dimension, target);
            }
        }
    }

    private void lists(int count, int dimension, double[] target) throws InputException {
        ColumnReader reader = features.get(0);
        NumberColumn column = columns.features().get(0);
        ParquetNumber number = column.number();
        int defined = column.descriptor().getMaxDefinitionLevel();
        int at = 0;
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < dimension; j++) {
                if (reader.getCurrentDefinitionLevel() != defined) {
                    checkDefined(reader, column, i, j);
                }
                if (reader.getCurrentRepetitionLevel() != (j == 0 ? 0 : 1)) {
                    throw ragged(i, dimension, Integer.toString(j));
                }
                target[at++] = number.read(reader);
                reader.consume();
            }
            // also 0 at the end of the column
            if (reader.getCurrentRepetitionLevel() != 0) {
                throw ragged(i, dimension, "more");
            }
        }
    }

    private InputException ragged(int i, int dimension, String found) {
        return new InputException(name + ", row " + (next + i) + ": expected " + dimension
                + " features as in the first row, found " + found);
    }

    private void singles(int index, int count, int dimension, double[] target) throws InputException {
        ColumnReader reader = features.get(index);
        NumberColumn column = columns.features().get(index);
        ParquetNumber number = column.number();
        int defined = column.descriptor().getMaxDefinitionLevel();
        for (int i = 0; i < count; i++) {
            if (reader.getCurrentDefinitionLevel() != defined) {
                checkDefined(reader, column, i, 0);
            }
            target[i * dimension + index] = number.read(reader);
            reader.consume();
        }
    }

    private void checkDefined(ColumnReader reader, NumberColumn column, int i, int j) throws InputException {
        if (reader.getCurrentDefinitionLevel() != column.descriptor().getMaxDefinitionLevel()) {
            throw new InputException(position(next + i, column.name()) + ": expected a number, found null"
                    + (columns.isList() && columns.features().contains(column) ? " or an empty list" : "")
                    + (j > 0 ? " at " + j : ""));
        }
    }

    /** Reads the labels of the next {@code count} rows, 0 if there are none, and advances past them. */
    void labels(int count, long[] target) throws InputException {
        if (label.isPresent()) {
            ColumnReader reader = label.get();
            NumberColumn column = columns.label().orElseThrow();
            for (int i = 0; i < count; i++) {
                checkDefined(reader, column, i, 0);
                double value = column.number().read(reader);
                if (value != Math.rint(value) || Math.abs(value) > MAX_LABEL) {
                    throw new InputException(
                            position(next + i, column.name()) + ": expected an integer label, found " + value);
                }
                target[i] = (long) value;
                reader.consume();
            }
        }
        next += count;
    }
}
