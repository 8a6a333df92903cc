package io.github.collapse4j.io.parquet;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.samples.SampleShard;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.DummyRecordConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** A row group whose pages are in memory, decoded from its first row to its last. */
final class RowGroup {
    private final String name;
    private final ParquetColumns columns;
    private final long rows;
    private final List<ColumnReader> features = new ArrayList<>();
    private final ColumnReader label;
    private long next;

    /**
     * Starts at the first row.
     *
     * @param name file and number of the row group, as messages name it
     * @param schema of what is read
     */
    RowGroup(String name, ParquetColumns columns, PageReadStore pages, MessageType schema, String createdBy) {
        this.name = name;
        this.columns = columns;
        this.rows = pages.getRowCount();
        ColumnReadStoreImpl store =
                new ColumnReadStoreImpl(pages, new DummyRecordConverter(schema).getRootConverter(), schema, createdBy);
        for (ColumnDescriptor column : columns.features()) {
            features.add(store.getColumnReader(column));
        }
        this.label = store.getColumnReader(columns.label());
    }

    /** {@return file and number, as messages name them} */
    String name() {
        return name;
    }

    /** {@return how many rows are left} */
    long remaining() {
        return rows - next;
    }

    /** {@return the number of the next row} */
    long next() {
        return next;
    }

    /** {@return how long the list of the next row is, which is consumed} */
    int lengthOfFirstList() throws InputException {
        ColumnReader reader = features.get(0);
        int length = 0;
        do {
            checkDefined(reader, columns.features().get(0), 0, length);
            length++;
            reader.consume();
        } while (reader.getCurrentRepetitionLevel() > 0 && length <= SampleShard.MOST_DIMENSIONS);
        return length;
    }

    /** Reads the features of the next {@code count} rows, row by row; goes with {@link #labels}. */
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
        ColumnDescriptor descriptor = columns.features().get(0);
        boolean isFloat = isFloat(descriptor);
        int defined = descriptor.getMaxDefinitionLevel();
        int at = 0;
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < dimension; j++) {
                if (reader.getCurrentDefinitionLevel() != defined) {
                    checkDefined(reader, descriptor, i, j);
                }
                if (reader.getCurrentRepetitionLevel() != (j == 0 ? 0 : 1)) {
                    throw ragged(i, dimension, Integer.toString(j));
                }
                target[at++] = isFloat ? reader.getFloat() : reader.getDouble();
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

    private void singles(int column, int count, int dimension, double[] target) throws InputException {
        ColumnReader reader = features.get(column);
        ColumnDescriptor descriptor = columns.features().get(column);
        boolean isFloat = isFloat(descriptor);
        int defined = descriptor.getMaxDefinitionLevel();
        for (int i = 0; i < count; i++) {
            if (reader.getCurrentDefinitionLevel() != defined) {
                checkDefined(reader, descriptor, i, 0);
            }
            target[i * dimension + column] = isFloat ? reader.getFloat() : reader.getDouble();
            reader.consume();
        }
    }

    private void checkDefined(ColumnReader reader, ColumnDescriptor column, int i, int j) throws InputException {
        if (reader.getCurrentDefinitionLevel() != column.getMaxDefinitionLevel()) {
            throw new InputException(name + ", row " + (next + i) + ", column " + column.getPath()[0]
                    + ": expected a number, found null or an empty list" + (j > 0 ? " at " + j : ""));
        }
    }

    /** Reads the labels of the next {@code count} rows, and moves on behind them. */
    void labels(int count, long[] target) throws InputException {
        boolean isInt = columns.label().getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT32;
        for (int i = 0; i < count; i++) {
            checkDefined(label, columns.label(), i, 0);
            target[i] = isInt ? label.getInteger() : label.getLong();
            label.consume();
        }
        next += count;
    }

    private static boolean isFloat(ColumnDescriptor column) {
        return column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.FLOAT;
    }
}
