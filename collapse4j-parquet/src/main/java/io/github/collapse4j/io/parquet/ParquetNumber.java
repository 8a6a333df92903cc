package io.github.collapse4j.io.parquet;

import io.github.collapse4j.io.array.ElementDecoder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/** Converts the values of a column to numbers: the double nearest to their logical value, not to their stored bits. */
@FunctionalInterface
interface ParquetNumber {
    /** {@return the current value} */
    double read(ColumnReader reader);

    /** {@return the conversion of a type; empty if its values are not numbers} */
    static Optional<ParquetNumber> of(PrimitiveType type) {
        LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
        if (meaning == null) {
            return plain(type);
        }
        if (meaning instanceof IntLogicalTypeAnnotation integer) {
            return integer(type, integer);
        }
        if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
            return decimal(type, decimal.getScale());
        }
        if (meaning instanceof Float16LogicalTypeAnnotation) {
            return Optional.of(
                    reader -> ElementDecoder.Float16.toFloat(reader.getBinary().get2BytesLittleEndian()));
        }
        return Optional.empty();
    }

    private static Optional<ParquetNumber> plain(PrimitiveType type) {
        return switch (type.getPrimitiveTypeName()) {
            case INT32 -> Optional.of(ColumnReader::getInteger);
            case INT64 -> Optional.of(ColumnReader::getLong);
            case FLOAT -> Optional.of(ColumnReader::getFloat);
            case DOUBLE -> Optional.of(ColumnReader::getDouble);
            case BOOLEAN -> Optional.of(reader -> reader.getBoolean() ? 1 : 0);
            default -> Optional.empty();
        };
    }

    /** Unsigned integers narrower than their storage are never negative. */
    private static Optional<ParquetNumber> integer(PrimitiveType type, IntLogicalTypeAnnotation integer) {
        return switch (type.getPrimitiveTypeName()) {
            case INT32 ->
                integer.isSigned() ? plain(type) : Optional.of(reader -> Integer.toUnsignedLong(reader.getInteger()));
            case INT64 -> integer.isSigned() ? plain(type) : Optional.of(reader -> unsigned(reader.getLong()));
            default -> Optional.empty();
        };
    }

    private static double unsigned(long bits) {
        // the bit shifted out is kept for correct rounding
        return bits >= 0 ? bits : 2.0 * ((bits >>> 1) | (bits & 1));
    }

    private static Optional<ParquetNumber> decimal(PrimitiveType type, int scale) {
        return switch (type.getPrimitiveTypeName()) {
            case INT32 -> Optional.of(reader -> decimal(reader.getInteger(), scale));
            case INT64 -> Optional.of(reader -> decimal(reader.getLong(), scale));
            case BINARY, FIXED_LEN_BYTE_ARRAY ->
                Optional.of(reader -> decimal(reader.getBinary().getBytesUnsafe(), scale));
            default -> Optional.empty();
        };
    }

    private static double decimal(long unscaled, int scale) {
        return BigDecimal.valueOf(unscaled, scale).doubleValue();
    }

    private static double decimal(byte[] unscaled, int scale) {
        if (unscaled.length == 0) {
            throw new ParquetDecodingException("a decimal of zero bytes");
        }
        return new BigDecimal(new BigInteger(unscaled), scale).doubleValue();
    }
}
