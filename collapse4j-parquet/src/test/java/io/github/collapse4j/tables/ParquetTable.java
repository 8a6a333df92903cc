package io.github.collapse4j.tables;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/**
 * A table to be written. Rows are text with one word per column: {@code null} is a missing value, {@code [1;2]} a list.
 */
record ParquetTable(MessageType schema, List<List<String>> rows, Map<String, String> metadata, boolean dictionary) {
    /** @param columns such as {@code optional double x; optional int64 label;} */
    static ParquetTable of(String columns, String... rows) {
        return new ParquetTable(
                MessageTypeParser.parseMessageType("message table { " + columns + " }"),
                Arrays.stream(rows).map(row -> List.of(row.split(" "))).toList(),
                Map.of(),
                /* dictionary= */ true);
    }

    ParquetTable withMetadata(String key, String value) {
        return new ParquetTable(schema, rows, Map.of(key, value), dictionary);
    }

    ParquetTable withoutDictionary() {
        return new ParquetTable(schema, rows, metadata, /* dictionary= */ false);
    }

    /** {@return the declaration of a column of lists} */
    static String list(String name, String element) {
        return "optional group " + name + " (LIST) { repeated group list { " + element + " } }";
    }

    Path write(Path file) throws IOException {
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withType(schema)
                .withExtraMetaData(metadata)
                .withDictionaryEncoding(dictionary)
                .build()) {
            for (List<String> row : rows) {
                Group group = new SimpleGroup(schema);
                for (int i = 0; i < row.size(); i++) {
                    add(group, schema.getType(i), row.get(i));
                }
                writer.write(group);
            }
        }
        return file;
    }

    private static void add(Group group, Type column, String text) {
        if (text.equals("null")) {
            return;
        }
        if (column.isPrimitive()) {
            add(group, column.asPrimitiveType(), text);
            return;
        }
        Group list = group.addGroup(column.getName());
        Type element = column.asGroupType().getType(0);
        for (String entry :
                new ArrayList<>(List.of(text.substring(1, text.length() - 1).split(";")))) {
            if (element.isPrimitive()) { // not in a struct
                add(list, element.asPrimitiveType(), entry);
            } else {
                add(list.addGroup(element.getName()), element.asGroupType().getType(0), entry);
            }
        }
    }

    private static void add(Group group, PrimitiveType type, String text) {
        String name = type.getName();
        switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> group.add(name, text.equals("true") || text.equals("1"));
            case INT32 -> group.add(name, unscaled(type, text).intValue());
            case INT64 -> group.add(name, unscaled(type, text).longValue());
            case INT96 -> group.add(name, new NanoTime(2_440_588, Long.parseLong(text)));
            case FLOAT -> group.add(name, Float.parseFloat(text));
            case DOUBLE -> group.add(name, Double.parseDouble(text));
            case BINARY, FIXED_LEN_BYTE_ARRAY -> group.add(name, Binary.fromConstantByteArray(bytes(type, text)));
        }
    }

    private static BigInteger unscaled(PrimitiveType type, String text) {
        int scale = type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal
                ? decimal.getScale()
                : 0;
        return new BigDecimal(text).setScale(scale).unscaledValue();
    }

    private static byte[] bytes(PrimitiveType type, String text) {
        if (type.getLogicalTypeAnnotation() instanceof Float16LogicalTypeAnnotation) {
            short half = half(Float.parseFloat(text));
            return new byte[] {(byte) half, (byte) (half >> 8)};
        }
        if (type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation) {
            byte[] digits = unscaled(type, text).toByteArray();
            if (type.getTypeLength() == 0) {
                return digits;
            }
            byte[] fixed = new byte[type.getTypeLength()];
            Arrays.fill(fixed, (byte) (digits[0] < 0 ? -1 : 0));
            System.arraycopy(digits, 0, fixed, fixed.length - digits.length, digits.length);
            return fixed;
        }
        byte[] characters = text.getBytes(StandardCharsets.UTF_8);
        return type.getTypeLength() == 0 ? characters : Arrays.copyOf(characters, type.getTypeLength());
    }

    /** For numbers that are 0, NaN or normal, and exact in binary16. */
    private static short half(float value) {
        int bits = Float.floatToIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        if (Float.isNaN(value)) {
            return 0x7E00;
        }
        return (short) (value == 0 ? sign : sign | (((bits >>> 23 & 0xFF) - 112) << 10) | (bits >>> 13 & 0x3FF));
    }
}
