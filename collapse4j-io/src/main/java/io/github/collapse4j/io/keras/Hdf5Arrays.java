package io.github.collapse4j.io.keras;

import io.github.collapse4j.io.OwnFault;
import io.github.collapse4j.io.array.ArrayBytes;
import io.github.collapse4j.io.array.ArrayHeader;
import io.github.collapse4j.io.array.DType;
import io.github.collapse4j.io.array.DType.Kind;
import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.array.Origin;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The datasets and attributes of an HDF5 file. Links, which may lead to other files, are not followed; whatever the
 * library throws at a defective file becomes a {@link FormatException}.
 */
final class Hdf5Arrays implements Closeable {
    private static final int DEEPEST = 32;
    private static final int MAX_NODES = 1 << 16;

    private final HdfFile file;
    private final Origin origin;
    private final Map<String, Dataset> datasets = new LinkedHashMap<>();
    private final Map<String, Group> groups = new LinkedHashMap<>();

    private Hdf5Arrays(HdfFile file, Origin origin) throws FormatException {
        this.file = file;
        this.origin = origin;
        guarded(() -> {
            search(file, "", new HashSet<>(), 0);
            return true;
        });
    }

    /** Opens a file, and closes it if that fails. */
    static Hdf5Arrays open(Supplier<HdfFile> opener, Origin origin) throws IOException {
        HdfFile file = guarded(opener, origin);
        try {
            return new Hdf5Arrays(file, origin);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private void search(Group group, String path, Set<Long> ancestors, int depth) {
        groups.put(path, group);
        if (depth == DEEPEST || groups.size() + datasets.size() > MAX_NODES || !ancestors.add(group.getAddress())) {
            return;
        }
        for (Map.Entry<String, Node> child : group.getChildren().entrySet()) {
            String name = path.isEmpty() ? child.getKey() : path + "/" + child.getKey();
            Node node = child.getValue();
            if (node.isLink()) {
                continue;
            }
            if (node instanceof Dataset dataset) {
                datasets.put(name, dataset);
            } else if (node instanceof Group inner) {
                search(inner, name, ancestors, depth + 1);
            }
        }
    }

    /** The paths of the datasets of numbers, in the order of the file. */
    List<String> names() throws FormatException {
        return guarded(() -> datasets.entrySet().stream()
                .filter(entry -> type(entry.getValue()).isPresent())
                .map(Map.Entry::getKey)
                .toList());
    }

    /** The paths of all groups; the root is empty. */
    Set<String> groups() {
        return groups.keySet();
    }

    boolean contains(String dataset) {
        return datasets.containsKey(dataset);
    }

    /** The strings of an attribute: none if there is no such attribute, or it is not made of strings. */
    List<String> strings(String group, String attribute) throws FormatException {
        Group holder = groups.get(group);
        if (holder == null) {
            return List.of();
        }
        return guarded(() -> {
            Attribute found = holder.getAttribute(attribute);
            Object data = found == null ? null : found.getData();
            if (data instanceof String text) {
                return List.of(text);
            }
            return data instanceof String[] texts ? List.of(texts) : List.of();
        });
    }

    ArrayHeader header(String name) throws FormatException {
        Dataset dataset = dataset(name);
        Origin place = origin.entry(name);
        Optional<DType> type = guarded(() -> type(dataset));
        if (type.isEmpty()) {
            throw place.defect("type", "integers or floats", guarded(() -> dataset.getJavaType() + ""), 0);
        }
        List<Long> shape = guarded(
                () -> Arrays.stream(dataset.getDimensionsAsLong()).boxed().toList());
        if (shape.size() > ArrayHeader.MAX_DIMENSIONS
                || shape.stream().anyMatch(length -> length < 0)
                || !ArrayHeader.isCountable(shape, type.get())) {
            throw place.defect("shape", "fewer than 2^63 bytes", shape.toString(), 0);
        }
        return new ArrayHeader(type.get(), false, shape, 0, 0);
    }

    NumericArray array(String name) throws IOException {
        ArrayHeader header = header(name);
        Origin place = origin.entry(name);
        long limit = Math.min(ArrayBytes.halfOfHeap() / 2, Integer.MAX_VALUE - 8);
        if (header.dataBytes() > limit) {
            throw place.defect(
                    "data", "at most " + limit + " bytes to hold in memory", header.dataBytes() + " bytes", 0);
        }
        Dataset dataset = dataset(name);
        ByteBuffer bytes = ByteBuffer.allocate((int) header.dataBytes()).order(ByteOrder.LITTLE_ENDIAN);
        if (header.elementCount() > 0) {
            Object data = guarded(dataset::getDataFlat);
            fill(bytes, data, header, place);
        }
        return new NumericArray(
                place, header, ArrayBytes.load(new ByteArrayInputStream(bytes.array()), header, limit, place), 0);
    }

    private static void fill(ByteBuffer bytes, @Nullable Object data, ArrayHeader header, Origin place)
            throws FormatException {
        boolean isArray = data != null && data.getClass().isArray();
        long count = isArray ? Array.getLength(data) : data == null ? 0 : 1;
        if (count != header.elementCount()) {
            throw place.defect("data", header.elementCount() + " numbers", count + " numbers", 0);
        }
        for (int i = 0; i < count; i++) {
            Object entry = isArray ? Array.get(data, i) : data;
            if (!(entry instanceof Number number)) {
                throw place.defect("data", "numbers", String.valueOf(entry), 0);
            }
            if (header.dtype().isIntegral()) {
                bytes.putLong(number.longValue());
            } else if (header.dtype().itemBytes() == Float.BYTES) {
                bytes.putFloat(number.floatValue());
            } else {
                bytes.putDouble(number.doubleValue());
            }
        }
    }

    private Dataset dataset(String name) throws FormatException {
        Dataset dataset = datasets.get(name);
        if (dataset == null) {
            throw origin.defect("dataset", "'" + name + "'", "only " + names(), 0);
        }
        return dataset;
    }

    private static Optional<DType> type(Dataset dataset) {
        Class<?> type = dataset.isCompound() || dataset.isVariableLength() ? Object.class : dataset.getJavaType();
        if (type == float.class) {
            return Optional.of(new DType(Kind.FLOAT, Float.BYTES, ByteOrder.LITTLE_ENDIAN));
        }
        if (type == double.class) {
            return Optional.of(new DType(Kind.FLOAT, Double.BYTES, ByteOrder.LITTLE_ENDIAN));
        }
        boolean isIntegral = type == byte.class || type == short.class || type == int.class || type == long.class;
        return isIntegral
                ? Optional.of(new DType(Kind.SIGNED_INTEGER, Long.BYTES, ByteOrder.LITTLE_ENDIAN))
                : Optional.empty();
    }

    private <T> T guarded(Supplier<T> reading) throws FormatException {
        return guarded(reading, origin);
    }

    private static <T> T guarded(Supplier<T> reading, Origin origin) throws FormatException {
        try {
            return reading.get();
        } catch (RuntimeException e) {
            if (OwnFault.is(e)) {
                throw e;
            }
            throw defect(e, origin);
        } catch (StackOverflowError | OutOfMemoryError | NoClassDefFoundError e) {
            // lengths and links of a defective file, or a compression that is not supported
            throw defect(e, origin);
        }
    }

    private static FormatException defect(Throwable cause, Origin origin) {
        String found = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        FormatException defect = origin.defect(
                "HDF5",
                "a complete file of supported features",
                found.lines().findFirst().orElse(""),
                0);
        defect.initCause(cause);
        return defect;
    }

    @Override
    public void close() {
        file.close();
    }
}
