package io.github.collapse4j.io.onnx;

import io.github.collapse4j.io.array.DType;
import io.github.collapse4j.io.array.DType.Kind;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The element type of a tensor, {@code TensorProto.DataType}. */
public enum OnnxType {
    FLOAT(1, Kind.FLOAT, 4),
    UINT8(2, Kind.UNSIGNED_INTEGER, 1),
    INT8(3, Kind.SIGNED_INTEGER, 1),
    UINT16(4, Kind.UNSIGNED_INTEGER, 2),
    INT16(5, Kind.SIGNED_INTEGER, 2),
    INT32(6, Kind.SIGNED_INTEGER, 4),
    INT64(7, Kind.SIGNED_INTEGER, 8),
    BOOL(9, Kind.BOOL, 1),
    FLOAT16(10, Kind.FLOAT, 2),
    DOUBLE(11, Kind.FLOAT, 8),
    UINT32(12, Kind.UNSIGNED_INTEGER, 4),
    UINT64(13, Kind.UNSIGNED_INTEGER, 8),
    BFLOAT16(16, Kind.BRAIN_FLOAT, 2),
    /** Strings, complex numbers, and floats or integers of fewer than 8 bits. */
    OTHER(0, null, 0);

    /** What rounds to infinity in half precision. */
    private static final double LEAST_BEYOND_HALF = 65520;

    private final int code;
    private final @Nullable Kind kind;
    private final int bytes;

    OnnxType(int code, @Nullable Kind kind, int bytes) {
        this.code = code;
        this.kind = kind;
        this.bytes = bytes;
    }

    static OnnxType of(long code) {
        for (OnnxType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        return OTHER;
    }

    /** Rounds to a number of this type: floats to nearest, integers towards zero. */
    double rounded(double value) {
        return switch (this) {
            case FLOAT -> (float) value;
            case FLOAT16 ->
                Math.abs(value) < LEAST_BEYOND_HALF ? significant(value, 11, -14) : value * Double.POSITIVE_INFINITY;
            case BFLOAT16 -> significant(value, 8, Float.MIN_EXPONENT);
            case BOOL -> value == 0 ? 0 : 1;
            case DOUBLE, OTHER -> value;
            default -> value < 0 ? Math.ceil(value) : Math.floor(value);
        };
    }

    private static double significant(double value, int bits, int leastExponent) {
        double unit = Math.scalb(1.0, Math.max(Math.getExponent(value), leastExponent) - bits + 1);
        return Double.isFinite(value) ? Math.rint(value / unit) * unit : value;
    }

    /** {@return the type of its elements in a file, if it is supported} */
    public Optional<DType> dtype() {
        return Optional.ofNullable(kind).map(known -> new DType(known, bytes, ByteOrder.LITTLE_ENDIAN));
    }
}
