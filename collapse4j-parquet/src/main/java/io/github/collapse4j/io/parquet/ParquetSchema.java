package io.github.collapse4j.io.parquet;

import io.github.collapse4j.io.samples.ColumnKind;
import io.github.collapse4j.io.samples.TypedColumn;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/** Maps Parquet column types to {@link TypedColumn}s. */
final class ParquetSchema {
    private ParquetSchema() {}

    /** {@return the top-level columns of a schema} */
    static List<TypedColumn> columns(MessageType schema) {
        return schema.getFields().stream()
                .map(field -> new TypedColumn(field.getName(), kind(field), text(field)))
                .toList();
    }

    private static ColumnKind kind(Type field) {
        Optional<PrimitiveType> element = listElement(field);
        if (element.isPresent()) {
            return single(element.get()).isNumber() ? ColumnKind.NUMBERS : ColumnKind.OTHER;
        }
        return field.isPrimitive() ? single(field.asPrimitiveType()) : ColumnKind.OTHER;
    }

    private static ColumnKind single(PrimitiveType type) {
        LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
        if (ParquetNumber.of(type).isPresent()) {
            boolean isInteger = meaning == null
                    ? type.getPrimitiveTypeName() == PrimitiveTypeName.INT32
                            || type.getPrimitiveTypeName() == PrimitiveTypeName.INT64
                    : meaning instanceof IntLogicalTypeAnnotation;
            return isInteger ? ColumnKind.INTEGER : ColumnKind.NUMBER;
        }
        boolean isText = meaning instanceof StringLogicalTypeAnnotation
                || meaning instanceof EnumLogicalTypeAnnotation
                || meaning instanceof JsonLogicalTypeAnnotation;
        return isText ? ColumnKind.TEXT : ColumnKind.OTHER;
    }

    /**
     * {@return the element type of a list of single values, in the three-level encoding or the legacy ones of two
     * levels or one}
     */
    private static Optional<PrimitiveType> listElement(Type field) {
        if (field.isPrimitive()) {
            return field.isRepetition(Repetition.REPEATED) ? Optional.of(field.asPrimitiveType()) : Optional.empty();
        }
        GroupType list = field.asGroupType();
        boolean isList = list.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation
                && !list.isRepetition(Repetition.REPEATED)
                && list.getFieldCount() == 1
                && list.getType(0).isRepetition(Repetition.REPEATED);
        if (!isList) {
            return Optional.empty();
        }
        Type repeated = list.getType(0);
        if (repeated.isPrimitive()) {
            return Optional.of(repeated.asPrimitiveType());
        }
        GroupType entry = repeated.asGroupType();
        // old writers gave these names to structs that are themselves the elements
        boolean isStruct = entry.getName().equals("array")
                || entry.getName().equals(list.getName() + "_tuple")
                || entry.getFieldCount() != 1
                || entry.getType(0).isRepetition(Repetition.REPEATED);
        return isStruct || !entry.getType(0).isPrimitive()
                ? Optional.empty()
                : Optional.of(entry.getType(0).asPrimitiveType());
    }

    /** {@return the name of a type in messages, such as {@code DATE}, {@code INT96} or {@code list of FLOAT}} */
    private static String text(Type type) {
        Optional<PrimitiveType> element = listElement(type);
        if (element.isPresent()) {
            return "list of " + single(element.get(), element.get().getPrimitiveTypeName());
        }
        LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
        if (type.isPrimitive()) {
            return single(type, type.asPrimitiveType().getPrimitiveTypeName());
        }
        return meaning == null ? "struct" : meaning.toString().toLowerCase(Locale.ROOT);
    }

    private static String single(Type type, PrimitiveTypeName stored) {
        LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
        return meaning == null ? stored.name() : meaning.toString();
    }
}
