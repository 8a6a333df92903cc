package io.github.collapse4j.io;

import io.github.collapse4j.io.array.ArrayArchive;
import io.github.collapse4j.io.array.ArrayHeader;
import io.github.collapse4j.io.array.DType;
import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.head.LinearHead;
import io.github.collapse4j.io.npy.NpyFile;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * One of several arrays in a folder or archive.
 *
 * @param name file name without {@code .npy}, or name in the archive
 * @param shown name in messages
 * @param location its location for {@link ArrayFile#open(String)}
 * @param header type and shape
 * @param model what the last linear map of a model is made of, if it is one
 */
record NamedArray(String name, String shown, String location, ArrayHeader header, Optional<String> model) {
    private static final String NPY = ".npy";

    static boolean isArchive(String file) {
        return ArchiveFormat.of(file).isPresent();
    }

    /** Lists the readable arrays of an archive, or of the files in a folder, sorted by location and name. */
    static List<NamedArray> in(String place) throws IOException {
        Path path = FileName.path(place);
        if (!Files.isDirectory(path)) {
            if (!isArchive(place)) {
                if (!Files.exists(path)) {
                    throw new NoSuchFileException(place);
                }
                throw new InputException(place + ": expected a folder or an archive of arrays, found another file");
            }
            return inArchive(place, "");
        }
        List<NamedArray> arrays = new ArrayList<>();
        for (Path file : files(path)) {
            String name = String.valueOf(file.getFileName());
            if (name.endsWith(NPY)) {
                addFile(name, file, arrays);
            } else if (isArchive(name)) {
                try {
                    arrays.addAll(inArchive(file.toString(), name + ":"));
                } catch (FormatException e) {
                    if (!ArchiveFormat.isCheckpoint(name)) {
                        throw e; // a model is looked at again if weights are missing
                    }
                }
            }
        }
        return arrays;
    }

    /** {@return the array at a location} */
    static NamedArray at(String location, ArrayFile.Role role) throws IOException {
        try (NumericArray array = ArrayFile.open(location, role)) {
            return new NamedArray(location, location, location, array.header(), Optional.empty());
        }
    }

    /** {@return the weights at a location, be it that of an array or of a model} */
    static NamedArray weightsAt(String location) throws IOException {
        Optional<NamedArray> model = modelAt(location, location);
        return model.isPresent() ? model.get() : at(location, ArrayFile.Role.ANY);
    }

    /** {@return the last linear map of a model, if there is one at the location} */
    static Optional<NamedArray> modelAt(String location, String shown) throws IOException {
        return ClassifierSource.head(location, FileName::path).map(head -> of(head, location, shown));
    }

    /** {@return the layer at a location, if another that follows it is folded in} */
    static Optional<NamedArray> foldedAt(String location, String shown) throws IOException {
        return ClassifierSource.head(location, FileName::path)
                .filter(LinearHead::folded)
                .map(head -> of(head, location, shown));
    }

    private static NamedArray of(LinearHead head, String location, String shown) {
        List<Long> shape =
                List.of((long) head.weights().rows(), (long) head.weights().columns());
        DType type = new DType(DType.Kind.FLOAT, Double.BYTES, ByteOrder.nativeOrder());
        ArrayHeader header = new ArrayHeader(type, false, shape, 0, 0);
        return new NamedArray(shown, shown, location, header, Optional.of(head.description()));
    }

    /** Lists the files of models in a folder, or the archive itself if it is one. */
    static List<Path> models(String place) throws IOException {
        Path path = FileName.path(place);
        List<Path> files = Files.isDirectory(path) ? files(path) : List.of(path);
        return files.stream()
                .filter(file -> ArchiveFormat.of(String.valueOf(file.getFileName()))
                        .filter(ArchiveFormat::isModel)
                        .isPresent())
                .toList();
    }

    NamedArray shownAs(String words) {
        return new NamedArray(name, words, location, header, model);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void addFile(String fileName, Path file, List<NamedArray> arrays) throws IOException {
        String name = fileName.substring(0, fileName.length() - NPY.length());
        try (NumericArray array = NpyFile.open(file)) {
            arrays.add(new NamedArray(name, fileName, file.toString(), array.header(), Optional.empty()));
        } catch (FormatException e) {
            requireUnknown(name, e);
        }
    }

    private static List<NamedArray> inArchive(String file, String prefix) throws IOException {
        List<NamedArray> arrays = new ArrayList<>();
        try (ArrayArchive archive = ArchiveFormat.of(file).orElseThrow().open(FileName.path(file), file)) {
            for (String name : archive.names().stream().sorted().toList()) {
                try {
                    arrays.add(new NamedArray(
                            name, prefix + name, file + ":" + name, archive.header(name), Optional.empty()));
                } catch (FormatException e) {
                    requireUnknown(name, e);
                }
            }
        } catch (NoSuchFileException e) {
            throw new InputException(file + ": no such file");
        }
        return arrays;
    }

    /** Unreadable arrays are skipped unless the name is one that is looked for. */
    private static void requireUnknown(String name, FormatException defect) throws FormatException {
        if (LayerRole.isKnown(name)) {
            throw defect;
        }
    }

    boolean isMatrix() {
        return header.shape().size() == 2 && !header.dtype().isIntegral() && header.elementCount() > 0;
    }

    boolean isVector(boolean integral) {
        return header.shape().size() == 1 && header.dtype().isIntegral() == integral && header.elementCount() > 0;
    }

    /** {@return the length of the first dimension, if there is one} */
    OptionalLong rows() {
        return length(0);
    }

    /** {@return the length of the second dimension, if there is one} */
    OptionalLong columns() {
        return length(1);
    }

    private OptionalLong length(int dimension) {
        return header.shape().stream()
                .skip(dimension)
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /** {@return name and shape, such as {@code fc.weight (10×64)}} */
    @Override
    public String toString() {
        String lengths =
                String.join("×", header.shape().stream().map(String::valueOf).toList());
        if (model.isPresent()) {
            return shown + ": " + model.get();
        }
        return shown + " (" + (lengths.isEmpty() ? "a number" : lengths) + ")";
    }
}
