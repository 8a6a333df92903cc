package io.github.collapse4j.io.safetensors;

import io.github.collapse4j.io.array.ArrayArchive;
import io.github.collapse4j.io.array.ArrayBytes;
import io.github.collapse4j.io.array.ArrayHeader;
import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.InputFile;
import io.github.collapse4j.io.array.NumericArray;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A file of named tensors, which are read in place, whatever their size. Tensors of unsupported types (complex numbers,
 * floats of 8 bits or fewer) are refused when requested.
 */
public final class Safetensors implements ArrayArchive {
    /** A model with ten thousand tensors has a header of one or two MB; the format itself sets no useful limit. */
    static final int MAX_HEADER_BYTES = 1 << 24;

    private static final int LENGTH_BYTES = 8;

    private final InputFile file;
    private final long start;
    private final Map<String, Tensor> tensors;

    private Safetensors(InputFile file, long start, Map<String, Tensor> tensors) {
        this.file = file;
        this.start = start;
        this.tensors = tensors;
    }

    /**
     * Opens a file and reads its header.
     *
     * @param path a regular file that must not be changed while it or a tensor of it is open
     * @throws FormatException if it is not such a file
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws IOException if reading fails
     */
    public static Safetensors open(Path path) throws IOException {
        return open(path, path.toString());
    }

    /** Opens a file as {@link #open(Path)} does, using another name in messages. */
    public static Safetensors open(Path path, String name) throws IOException {
        InputFile file = InputFile.open(path, name);
        try {
            return read(file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static Safetensors read(InputFile file) throws IOException {
        long length = file.read("header length", 0, LENGTH_BYTES).getLong(0);
        if (length < 0 || length > MAX_HEADER_BYTES) {
            throw file.origin()
                    .defect(
                            "header length",
                            "at most " + MAX_HEADER_BYTES + " bytes (a .safetensors file)",
                            Long.toUnsignedString(length) + " bytes",
                            0);
        }
        long start = LENGTH_BYTES + length;
        if (start > file.size()) {
            throw file.origin().truncated("header", length, file.size() - LENGTH_BYTES, LENGTH_BYTES);
        }
        Map<String, Tensor> tensors;
        try (InputStream in = file.stream(LENGTH_BYTES, length)) {
            tensors = new TensorHeaderParser(in, file.origin()).parse();
        }
        checkLayout(file, tensors, start);
        return new Safetensors(file, start, tensors);
    }

    private static void checkLayout(InputFile file, Map<String, Tensor> tensors, long start) throws FormatException {
        List<Map.Entry<String, Tensor>> inOrder = new ArrayList<>(tensors.entrySet());
        inOrder.sort(Comparator.comparingLong(
                        (Map.Entry<String, Tensor> entry) -> entry.getValue().begin())
                .thenComparingLong(entry -> entry.getValue().end()));
        long end = 0;
        for (Map.Entry<String, Tensor> entry : inOrder) {
            Tensor tensor = entry.getValue();
            if (tensor.begin() != end || tensor.end() < end) {
                throw file.origin()
                        .defect(
                                "data_offsets of " + entry.getKey(),
                                "a beginning at " + end + ", where the tensor before ends",
                                tensor.begin() + " to " + tensor.end(),
                                LENGTH_BYTES);
            }
            end = tensor.end();
        }
        if (end != file.size() - start) {
            throw file.origin().truncated("data", end, file.size() - start, start);
        }
    }

    @Override
    public List<String> names() {
        return tensors.entrySet().stream()
                .filter(entry -> entry.getValue().dtype().isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public ArrayHeader header(String name) throws IOException {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw file.origin().defect("tensor", "'" + name + "'", "only " + names(), LENGTH_BYTES);
        }
        return tensor.header(name, start, LENGTH_BYTES, file.origin());
    }

    @Override
    public NumericArray array(String name) throws IOException {
        ArrayHeader header = header(name);
        ArrayBytes bytes = ArrayBytes.inPlace(file, header.dataOffset(), header.dataBytes());
        return new NumericArray(file.origin().entry(name), header, bytes, 0);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
