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
 * A tensor's entry in the header.
 *
 * @param type name of its type
 * @param shape the length of each dimension, none negative
 * @param begin start of its bytes, relative to the end of the header
 * @param end end of its bytes, likewise
 */
record Tensor(String type, List<Long> shape, long begin, long end) {
    /** {@return the type, if it is supported} */
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
     * Describes the tensor as an array.
     *
     * @param start offset in the file of the bytes of all tensors
     * @param typeOffset offset of the header
     * @throws FormatException if its type is not supported, or it has more or fewer bytes than its shape needs
     */
    ArrayHeader header(String name, long start, long typeOffset, Origin origin) throws FormatException {
        DType dtype = dtype().orElseThrow(() ->
                origin.defect("dtype of " + name, "BOOL, an integer, F16, BF16, F32 or F64", type, typeOffset));
        if (shape.size() > ArrayHeader.MAX_DIMENSIONS || !ArrayHeader.isCountable(shape, dtype)) {
            throw origin.defect("shape of " + name, "fewer than 2^63 bytes", shape.toString(), typeOffset);
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
