package io.github.collapse4j.spark;

import java.util.Arrays;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;
import org.jspecify.annotations.Nullable;

/**
 * The representation of features in a column. Arrays are copied from Spark's internal rows: {@code Row} would box every
 * number.
 */
enum FeatureType {
    FLOATS {
        @Override
        int read(InternalRow row, int column, double[] target, int offset) {
            ArrayData array = row.getArray(column);
            float[] values = array.toFloatArray();
            for (int i = 0; i < values.length; i++) {
                target[offset + i] = values[i];
            }
            return firstNull(array);
        }
    },
    /** Arrays of other number types are cast to doubles by Spark. */
    DOUBLES {
        @Override
        int read(InternalRow row, int column, double[] target, int offset) {
            ArrayData array = row.getArray(column);
            double[] values = array.toDoubleArray();
            System.arraycopy(values, 0, target, offset, values.length);
            return firstNull(array);
        }
    },
    /** A Spark ML vector: {@code (0, size, indices, values)} or {@code (1, –, –, values)}. */
    VECTOR {
        private static final int FIELDS = 4;
        private static final int SIZE = 1;
        private static final int INDICES = 2;
        private static final int VALUES = 3;

        @Override
        int size(InternalRow row, int column) {
            InternalRow vector = row.getStruct(column, FIELDS);
            return vector.getByte(0) == 0
                    ? vector.getInt(SIZE)
                    : vector.getArray(VALUES).numElements();
        }

        @Override
        int read(InternalRow row, int column, double[] target, int offset) {
            InternalRow vector = row.getStruct(column, FIELDS);
            double[] values = vector.getArray(VALUES).toDoubleArray();
            if (vector.getByte(0) != 0) {
                System.arraycopy(values, 0, target, offset, values.length);
                return NONE;
            }
            int size = vector.getInt(SIZE);
            Arrays.fill(target, offset, offset + size, 0);
            int[] indices = vector.getArray(INDICES).toIntArray();
            for (int i = 0; i < indices.length; i++) {
                target[offset + indices[i]] = values[i];
            }
            return NONE;
        }
    };

    private static final int NONE = -1;

    /** The number of features in a row. */
    int size(InternalRow row, int column) {
        return row.getArray(column).numElements();
    }

    /** Copies d numbers; returns the index of the first missing one, or −1. Finiteness is not checked. */
    abstract int read(InternalRow row, int column, double[] target, int offset);

    /** Returns the index of the first null element, or −1; null elements read as 0. */
    private static int firstNull(ArrayData array) {
        for (int i = 0; i < array.numElements(); i++) {
            if (array.isNullAt(i)) {
                return i;
            }
        }
        return NONE;
    }

    /** The representation in a column of this type; null if it cannot hold features. */
    static @Nullable FeatureType of(DataType type) {
        if (type instanceof ArrayType array && SparkTypes.isArray(type)) {
            return DataTypes.FloatType.equals(array.elementType()) ? FLOATS : DOUBLES;
        }
        return type instanceof UserDefinedType<?> own && isVector(own.sqlType()) ? VECTOR : null;
    }

    private static boolean isVector(DataType type) {
        return type instanceof StructType struct
                && struct.catalogString()
                        .equals("struct<type:tinyint,size:int,indices:array<int>,values:array<double>>");
    }
}
