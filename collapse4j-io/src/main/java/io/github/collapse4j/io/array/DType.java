package io.github.collapse4j.io.array;

import java.nio.ByteOrder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of an array's elements, one of the supported numeric types.
 *
 * @param kind what the bits mean
 * @param itemBytes bytes per element: 1 for {@link Kind#BOOL}; 1, 2, 4 or 8 for integers; 2, 4 or 8 for floats
 * @param byteOrder order of the bytes within an element; irrelevant if there is only one
 */
public record DType(Kind kind, int itemBytes, ByteOrder byteOrder) {

    private static final Pattern NAME = Pattern.compile("bool|(float|uint|int)(8|16|32|64)");

    /** What the bits of an element mean. */
    public enum Kind {
        /** Zero is false, anything else is true; read as 0 and 1. */
        BOOL('b', 1, 1),
        /** Two's complement. */
        SIGNED_INTEGER('i', 1, 8),
        /** Unsigned. */
        UNSIGNED_INTEGER('u', 1, 8),
        /** IEEE 754 binary16, binary32 or binary64. */
        FLOAT('f', 2, 8),
        /** The upper half of a binary32, a type that NumPy lacks. */
        BRAIN_FLOAT('\0', 2, 2);

        private final char code;
        private final int narrowest;
        private final int widest;

        Kind(char code, int narrowest, int widest) {
            this.code = code;
            this.narrowest = narrowest;
            this.widest = widest;
        }

        private boolean has(int itemBytes) {
            return itemBytes >= narrowest && itemBytes <= widest && Integer.bitCount(itemBytes) == 1;
        }

        private static Optional<Kind> of(char code) {
            for (Kind kind : values()) {
                if (kind.code == code && kind != BRAIN_FLOAT) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * Checks the width.
     *
     * @throws IllegalArgumentException if there is no such type
     */
    public DType {
        if (!kind.has(itemBytes)) {
            throw new IllegalArgumentException("No " + kind + " of " + itemBytes + " bytes");
        }
    }

    /**
     * Parses NumPy's notation: an optional byte order ({@code <} little, {@code >} big, {@code =}, {@code |} or none:
     * native, as in NumPy), a kind and a number of bytes, or {@code ?} for a boolean; or one of NumPy's type names.
     *
     * @param descr such as {@code <f4}, {@code |u1}, {@code ?} or {@code float32}
     * @return the type, or empty if {@code descr} is anything else
     */
    public static Optional<DType> parse(String descr) {
        String code = descr;
        ByteOrder order = ByteOrder.nativeOrder();
        if (!descr.isEmpty() && "<>=|".indexOf(descr.charAt(0)) >= 0) {
            code = descr.substring(1);
            order = switch (descr.charAt(0)) {
                case '<' -> ByteOrder.LITTLE_ENDIAN;
                case '>' -> ByteOrder.BIG_ENDIAN;
                default -> ByteOrder.nativeOrder();
            };
        }
        Optional<DType> named = ofName(descr);
        if (named.isPresent()) {
            return named;
        }
        if (code.equals("?")) {
            return Optional.of(new DType(Kind.BOOL, 1, order));
        }
        if (code.length() != 2) {
            return Optional.empty();
        }
        int width = code.charAt(1) - '0';
        ByteOrder byteOrder = order;
        return Kind.of(code.charAt(0)).filter(kind -> kind.has(width)).map(kind -> new DType(kind, width, byteOrder));
    }

    /** Parses names such as {@code float64}, which some writers put into headers and NumPy accepts. */
    private static Optional<DType> ofName(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        if (matcher.group(1) == null) {
            return Optional.of(new DType(Kind.BOOL, 1, ByteOrder.nativeOrder()));
        }
        int bytes = Integer.parseInt(matcher.group(2)) / Byte.SIZE;
        return Kind.of(matcher.group(1).charAt(0))
                .filter(kind -> kind.has(bytes))
                .map(kind -> new DType(kind, bytes, ByteOrder.nativeOrder()));
    }

    /** {@return NumPy's notation, such as {@code <f4} or {@code |u1}; or {@code bfloat16}, which NumPy lacks} */
    public String descr() {
        if (kind == Kind.BRAIN_FLOAT) {
            return "bfloat16";
        }
        char order = itemBytes == 1 ? '|' : byteOrder.equals(ByteOrder.LITTLE_ENDIAN) ? '<' : '>';
        return "" + order + kind.code + itemBytes;
    }

    /** {@return whether it is a float of single precision or less} */
    public boolean isSinglePrecision() {
        return kind() == Kind.FLOAT && itemBytes() < Double.BYTES;
    }

    /** {@return whether the elements are integers or booleans, hence fit to be labels} */
    public boolean isIntegral() {
        return kind != Kind.FLOAT && kind != Kind.BRAIN_FLOAT;
    }
}
