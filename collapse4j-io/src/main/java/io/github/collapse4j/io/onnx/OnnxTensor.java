package io.github.collapse4j.io.onnx;

import io.github.collapse4j.io.array.ArrayBytes;
import io.github.collapse4j.io.array.ArrayHeader;
import io.github.collapse4j.io.array.DType;
import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.InputFile;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.array.Origin;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A tensor of constants.
 *
 * @param name its name; may be empty
 * @param type of its elements
 * @param shape the length of each dimension
 * @param raw its bytes in the file, if they are there as they are
 * @param external where they are otherwise, if they are in another file: its location, offset and length
 * @param message the tensor itself, with its numbers as fields
 */
record OnnxTensor(
        String name,
        OnnxType type,
        List<Long> shape,
        Optional<ProtoReader.Range> raw,
        Map<String, String> external,
        ProtoReader message) {
    private static final int FLOATS = 4;
    private static final int INTS = 5;
    private static final int LONGS = 7;
    private static final int DOUBLES = 10;
    private static final int UNSIGNED_LONGS = 11;

    static OnnxTensor read(ProtoReader in) throws IOException {
        ProtoReader message = in.copy();
        String name = "";
        OnnxType type = OnnxType.OTHER;
        List<Long> shape = new ArrayList<>();
        ProtoReader.Range raw = null;
        Map<String, String> external = new HashMap<>();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 ->
                    in.numbers(0, length -> {
                        if (shape.size() == ArrayHeader.MAX_DIMENSIONS) {
                            throw in.defect("at most " + ArrayHeader.MAX_DIMENSIONS + " dimensions", "more");
                        }
                        shape.add(length);
                    });
                case 2 -> type = OnnxType.of(in.integer());
                case 8 -> name = in.string();
                case 9 -> raw = in.bytes();
                case 13 -> readEntry(in.message(), external);
                default -> in.skip();
            }
        }
        return new OnnxTensor(name, type, List.copyOf(shape), Optional.ofNullable(raw), external, message);
    }

    private static void readEntry(ProtoReader in, Map<String, String> entries) throws IOException {
        String key = "";
        String value = "";
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> key = in.string();
                case 2 -> value = in.string();
                default -> in.skip();
            }
        }
        entries.put(key, value);
    }

    /**
     * Describes the array.
     *
     * @throws FormatException if its type is not supported, or its shape impossible
     */
    ArrayHeader header(Origin origin) throws FormatException {
        DType dtype = type.dtype()
                .orElseThrow(() -> origin.defect(
                        "data_type", "an integer, bool, float16, bfloat16, float or double", "another", 0));
        if (shape.stream().anyMatch(length -> length < 0) || !ArrayHeader.isCountable(shape, dtype)) {
            throw origin.defect("dims", "lengths from 0, and fewer than 2^63 bytes", shape.toString(), 0);
        }
        return new ArrayHeader(dtype, false, shape, 0, 0);
    }

    /**
     * Opens the array.
     *
     * @throws FormatException if there are more or fewer bytes than its shape needs
     */
    NumericArray array(InputFile file, Origin origin) throws IOException {
        ArrayHeader header = header(origin);
        if (!external.isEmpty()) {
            return inOtherFile(file.path(), header, origin);
        }
        if (raw.isPresent()) {
            requireLength(header, raw.get().length(), origin);
            return new NumericArray(
                    origin, header, ArrayBytes.inPlace(file, raw.get().start(), header.dataBytes()), 0);
        }
        return new NumericArray(
                origin,
                header,
                ArrayBytes.load(
                        new ByteArrayInputStream(fields(header, file.size(), origin)),
                        header,
                        ArrayBytes.halfOfHeap(),
                        origin),
                0);
    }

    private static void requireLength(ArrayHeader header, long found, Origin origin) throws FormatException {
        if (found != header.dataBytes()) {
            String expected = header.dataBytes() + " bytes for " + header.shapeText() + " of "
                    + header.dtype().descr();
            throw origin.defect("data", expected, found + " bytes", 0);
        }
    }

    /** Data beside the model; what is elsewhere is not its own. */
    private NumericArray inOtherFile(Path model, ArrayHeader header, Origin origin) throws IOException {
        String location = external.getOrDefault("location", "");
        boolean isBeside = !location.isEmpty()
                && !location.startsWith("/")
                && !location.contains("\\")
                && !List.of(location.split("/")).contains("..");
        if (!isBeside) {
            throw origin.defect("external data", "a file in the folder of the model", location, 0);
        }
        long offset = number("offset", 0, origin);
        long length = number("length", header.dataBytes(), origin);
        requireLength(header, length, origin);
        try (InputFile file = InputFile.open(model.resolveSibling(location))) {
            if (offset > file.size() - length) {
                throw file.origin().truncated("data of " + origin.name(), offset + length, file.size(), offset);
            }
            return new NumericArray(origin, header, ArrayBytes.inPlace(file, offset, length), 0);
        } catch (FileSystemException | InvalidPathException e) {
            throw origin.defect("external data", "the file " + location, "no such file that can be opened", 0);
        }
    }

    private long number(String key, long otherwise, Origin origin) throws FormatException {
        String text = external.get(key);
        if (text == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw origin.defect("external data", "a number as its " + key, text, 0);
    }

    /** The numbers in the fields of the message, as bytes. */
    private byte[] fields(ArrayHeader header, long fileBytes, Origin origin) throws IOException {
        // a number takes at least one byte of the file
        long bytes = header.dataBytes();
        if (header.elementCount() > fileBytes || bytes > Integer.MAX_VALUE - 8 || bytes > ArrayBytes.halfOfHeap()) {
            throw origin.defect("data", bytes + " bytes for " + header.shapeText(), "a file of " + fileBytes, 0);
        }
        ByteBuffer target = ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
        int item = header.dtype().itemBytes();
        ProtoReader.Sink sink = bits -> {
            if (target.remaining() < item) {
                throw origin.defect("data", header.elementCount() + " numbers", "more", 0);
            }
            switch (item) {
                case 1 -> target.put((byte) bits);
                case 2 -> target.putShort((short) bits);
                case 4 -> target.putInt((int) bits);
                default -> target.putLong(bits);
            }
        };
        ProtoReader in = message.copy();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case FLOATS -> in.numbers(Float.BYTES, sink);
                case DOUBLES -> in.numbers(Double.BYTES, sink);
                case INTS, LONGS, UNSIGNED_LONGS -> in.numbers(0, sink);
                default -> in.skip();
            }
        }
        requireLength(header, target.position(), origin);
        return target.array();
    }
}
