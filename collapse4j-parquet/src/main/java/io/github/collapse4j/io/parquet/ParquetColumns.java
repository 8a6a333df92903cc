package io.github.collapse4j.io.parquet;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.array.OneLine;
import io.github.collapse4j.io.samples.TableColumns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Which columns of a schema are read.
 *
 * @param features one column of lists, or columns of single numbers, in the order of the schema
 * @param isList which of the two
 * @param label the column of labels
 */
record ParquetColumns(List<ColumnDescriptor> features, boolean isList, ColumnDescriptor label) {
    /** Finds the columns. */
    static ParquetColumns of(String file, MessageType schema, TableColumns wanted) throws InputException {
        String labelName = wanted.label().orElse("label");
        String featuresName = wanted.features().orElse(TableColumns.USUAL_FEATURES);
        List<ColumnDescriptor> list = new ArrayList<>();
        List<ColumnDescriptor> single = new ArrayList<>();
        ColumnDescriptor label = null;
        for (ColumnDescriptor column : schema.getColumns()) {
            String name = column.getPath()[0];
            if (name.equals(labelName)) {
                label = column;
            } else if (name.equals(featuresName)) {
                list.add(column);
            } else if (isFloating(column) && column.getMaxRepetitionLevel() == 0 && column.getPath().length == 1) {
                single.add(column);
            }
        }
        if (label == null) {
            throw new InputException(
                    file + ": expected a column '" + labelName + "' of labels, found " + names(schema));
        }
        checkLabel(file, label);
        if (!list.isEmpty()) {
            checkList(file, featuresName, list);
            return new ParquetColumns(list, list.get(0).getMaxRepetitionLevel() > 0, label);
        }
        if (single.isEmpty()) {
            throw new InputException(file + ": expected a column '" + featuresName
                    + "' of lists of floats, or columns of floats, found " + names(schema));
        }
        return new ParquetColumns(single, /* isList= */ false, label);
    }

    private static void checkLabel(String file, ColumnDescriptor label) throws InputException {
        PrimitiveTypeName type = label.getPrimitiveType().getPrimitiveTypeName();
        boolean isInteger = type == PrimitiveTypeName.INT32 || type == PrimitiveTypeName.INT64;
        if (!isInteger || label.getMaxRepetitionLevel() > 0 || label.getPath().length > 1) {
            throw new InputException(file + ": column " + label.getPath()[0] + ": expected integers, found "
                    + OneLine.shortened(label.toString()));
        }
    }

    private static void checkList(String file, String name, List<ColumnDescriptor> list) throws InputException {
        ColumnDescriptor first = list.get(0);
        if (list.size() > 1 || !isFloating(first) || first.getMaxRepetitionLevel() > 1) {
            throw new InputException(file + ": column " + name + ": expected lists of float or double, found "
                    + OneLine.shortened(list.toString()));
        }
    }

    private static boolean isFloating(ColumnDescriptor column) {
        PrimitiveTypeName type = column.getPrimitiveType().getPrimitiveTypeName();
        return type == PrimitiveTypeName.FLOAT || type == PrimitiveTypeName.DOUBLE;
    }

    private static String names(MessageType schema) {
        return OneLine.shortened(schema.getFields().stream()
                .map(field -> field.getName())
                .toList()
                .toString());
    }

    ParquetColumns withFeatures(List<String> names) {
        List<ColumnDescriptor> reordered = new ArrayList<>(features);
        reordered.sort(Comparator.comparingInt(column -> names.indexOf(column.getPath()[0])));
        return new ParquetColumns(reordered, isList, label);
    }

    /** {@return the part of the schema that is read} */
    List<ColumnDescriptor> all() {
        List<ColumnDescriptor> all = new ArrayList<>(features);
        all.add(label);
        return all;
    }
}
