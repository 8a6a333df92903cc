package io.github.collapse4j.io.npy;

import io.github.collapse4j.io.array.ArrayHeader;
import io.github.collapse4j.io.array.DType;
import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.Origin;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a header's dictionary, the literal of a Python {@code dict} with exactly the keys {@code descr},
 * {@code fortran_order} and {@code shape} in any order.
 */
final class HeaderParser {
    private final PythonLexer lexer;
    private final Origin origin;
    private final int typeOffset;
    private final int dataOffset;
    private @Nullable DType dtype;
    private @Nullable Boolean fortranOrder;
    private @Nullable List<Long> shape;
    private int shapeOffset;

    HeaderParser(byte[] dictionary, Charset charset, int offset, Origin origin) {
        this.lexer = new PythonLexer(dictionary, charset, offset, origin);
        this.origin = origin;
        this.typeOffset = offset;
        this.dataOffset = offset + dictionary.length;
    }

    ArrayHeader parse() throws FormatException {
        lexer.take('{', "header");
        int start = lexer.offset();
        boolean more = !lexer.takes('}');
        while (more) {
            takeItem();
            if (lexer.takes(',')) {
                more = !lexer.takes('}');
            } else {
                lexer.take('}', "header");
                more = false;
            }
        }
        lexer.takeEnd("header");
        if (dtype == null || fortranOrder == null || shape == null) {
            String missing = dtype == null ? "descr" : fortranOrder == null ? "fortran_order" : "shape";
            throw origin.defect("header", "the key '" + missing + "'", "none", start);
        }
        return new ArrayHeader(dtype, fortranOrder, checkedShape(shape, dtype), typeOffset, dataOffset);
    }

    private void takeItem() throws FormatException {
        int offset = lexer.offset();
        String key = lexer.takeString("header");
        lexer.take(':', "header");
        switch (key) {
            case "descr" -> {
                checkFirst(key, dtype, offset);
                dtype = takeDType();
            }
            case "fortran_order" -> {
                checkFirst(key, fortranOrder, offset);
                fortranOrder = lexer.takeBoolean(key);
            }
            case "shape" -> {
                checkFirst(key, shape, offset);
                shapeOffset = lexer.offset();
                shape = takeShape();
            }
            default -> throw origin.defect("header", "the keys descr, fortran_order and shape", key, offset);
        }
    }

    private void checkFirst(String key, @Nullable Object earlier, int offset) throws FormatException {
        if (earlier != null) {
            throw origin.defect("header", "each key once", "'" + key + "' again", offset);
        }
    }

    private DType takeDType() throws FormatException {
        int offset = lexer.offset();
        String expected = "a numeric type (b1, i1 to i8, u1 to u8, f2, f4 or f8)";
        if (lexer.takes('[')) {
            throw origin.defect("descr", expected, "a structured type (several named fields)", offset);
        }
        if (lexer.takes('(')) {
            throw origin.defect("descr", expected, "a sub-array type", offset);
        }
        String descr = lexer.takeString("descr");
        // ml_dtypes saves bfloat16 as two raw bytes with a byte order, which NumPy's own raw bytes lack
        Optional<DType> parsed = descr.equals("<V2")
                ? Optional.of(new DType(DType.Kind.BRAIN_FLOAT, 2, ByteOrder.LITTLE_ENDIAN))
                : DType.parse(descr);
        if (parsed.isEmpty()) {
            throw origin.defect("descr", expected, unreadable(descr), offset);
        }
        return parsed.get();
    }

    /** Names an unsupported NumPy type. */
    private static String unreadable(String descr) {
        String code = descr.isEmpty() || "<>=|".indexOf(descr.charAt(0)) < 0 ? descr : descr.substring(1);
        String kind = code.isEmpty()
                ? "the empty type"
                : switch (code.charAt(0)) {
                    case 'O' -> "the object type (pickled Python objects; convert with .astype(np.float32))";
                    case 'c' -> "the complex type";
                    case 'S', 'U', 'a' -> "the string type (number classes: np.unique(y, return_inverse=True)[1])";
                    case 'V' -> "the raw or structured type (bfloat16 and the like: convert with .astype(np.float32))";
                    case 'M', 'm' -> "the date and time type";
                    case 'f' -> "a float of another width, such as longdouble (convert with .astype(np.float64))";
                    default -> "the unknown type";
                };
        return kind + " '" + descr + "'";
    }

    private List<Long> takeShape() throws FormatException {
        List<Long> lengths = new ArrayList<>();
        lexer.take('(', "shape");
        while (!lexer.takes(')')) {
            if (lengths.size() == ArrayHeader.MAX_DIMENSIONS) {
                throw lexer.unexpected("shape", "at most " + ArrayHeader.MAX_DIMENSIONS + " dimensions");
            }
            lengths.add(lexer.takeLength("shape"));
            if (!lexer.takes(',')) {
                if (lengths.size() == 1) {
                    throw lexer.unexpected("shape", "a comma, as in (3,)");
                }
                lexer.take(')', "shape");
                break;
            }
        }
        return lengths;
    }

    private List<Long> checkedShape(List<Long> lengths, DType type) throws FormatException {
        if (!ArrayHeader.isCountable(lengths, type)) {
            String found = ArrayHeader.shapeText(lengths) + " of " + type.descr();
            throw origin.defect("shape", "fewer than 2^63 bytes in all", found, shapeOffset);
        }
        return lengths;
    }
}
