package io.github.collapse4j.io.safetensors;

import io.github.collapse4j.io.array.ArrayHeader;
import io.github.collapse4j.io.array.DType;
import io.github.collapse4j.io.array.DType.Kind;
import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.Origin;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * What the header says of a tensor.
 *
 * @param type the name of its type
 * @param shape the length of each dimension, none negative
 * @param begin of its bytes, from the end of the header
 * @param end of its bytes
 */
record Tensor(String type, List<Long> shape, long begin, long end) {
    /** {@return the type, if it is read here} */
    Optional<DType> dtype() {
        return Optional.ofNullable(
                switch (type) {
                    case "BOOL" -> dtype(Kind.BOOL, 1);
                    case "U8" -> dtype(Kind.UNSIGNED_INTEGER, 1);
                    case "U16" -> dtype(Kind.UNSIGNED_INTEGER, 2);
                    case "U32" -> dtype(Kind.UNSIGNED_INTEGER, 4);
                    case "U64" -> dtype(Kind.UNSIGNED_INTEGER, 8);
                    case "I8" -> dtype(Kind.SIGNED_INTEGER, 1);
                    case "I16" -> dtype(Kind.SIGNED_INTEGER, 2);
                    case "I32" -> dtype(Kind.SIGNED_INTEGER, 4);
                    case "I64" -> dtype(Kind.SIGNED_INTEGER, 8);
                    case "F16" -> dtype(Kind.FLOAT, 2);
                    case "BF16" -> dtype(Kind.BRAIN_FLOAT, 2);
                    case "F32" -> dtype(Kind.FLOAT, 4);
                    case "F64" -> dtype(Kind.FLOAT, 8);
                    default -> null;
                });
    }

    private static DType dtype(Kind kind, int itemBytes) {
        return new DType(kind, itemBytes, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Puts the tensor as an array.
     *
     * @param start where the bytes of all tensors begin in the file
     * @param typeOffset where the header begins
     * @throws FormatException if it is of a type that is not read here, or its bytes are more or fewer than its shape takes
     */
    ArrayHeader header(String name, long start, long typeOffset, Origin origin) throws FormatException {
        DType dtype = dtype().orElseThrow(() ->
                origin.defect("dtype of " + name, "BOOL, an integer, F16, BF16, F32 or F64", type, typeOffset));
        if (shape.size() > ArrayHeader.MAX_DIMENSIONS || !ArrayHeader.isCountable(shape, dtype)) {
            throw origin.defect("shape of " + name, "one that can be counted", shape.toString(), typeOffset);
        }
        ArrayHeader header = new ArrayHeader(dtype, false, shape, typeOffset, start + begin);
        if (header.dataBytes() != end - begin) {
            throw origin.defect(
                    "data_offsets of " + name,
                    header.dataBytes() + " bytes for " + header.shapeText() + " of " + type,
                    (end - begin) + " bytes",
                    typeOffset);
        }
        return header;
    }
}
