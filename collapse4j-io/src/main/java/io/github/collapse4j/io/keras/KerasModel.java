package io.github.collapse4j.io.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.collapse4j.io.array.ArrayBytes;
import io.github.collapse4j.io.array.ArrayHeader;
import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.InputFile;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.array.Origin;
import io.github.collapse4j.io.head.HeadArchive;
import io.github.collapse4j.io.head.LinearHead;
import io.github.collapse4j.io.zip.ZipDirectory;
import io.github.collapse4j.io.zip.ZipMember;
import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Keras model or its weights, {@code .h5} or {@code .keras}; or any HDF5 file of arrays, which has no head. */
public final class KerasModel implements HeadArchive {
    private static final int ZIP = 0x04034b50;
    private static final int MAX_CONFIG = 1 << 24;

    private final Hdf5Arrays arrays;
    private final Origin origin;
    private final Optional<KerasLayer> model;
    private final LayerArrays layers;

    private KerasModel(Hdf5Arrays arrays, Origin origin, Optional<KerasLayer> model) {
        this.arrays = arrays;
        this.origin = origin;
        this.model = model;
        this.layers = new LayerArrays(arrays, origin);
    }

    /**
     * Opens a file.
     *
     * @param path a regular file that must not be changed while it is open; arrays are loaded into memory
     * @param name its name in messages
     * @throws FormatException if it is not such a file
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws IOException if reading fails
     */
    public static KerasModel open(Path path, String name) throws IOException {
        try (InputFile file = InputFile.open(path, name)) {
            Origin origin = file.origin();
            if (file.size() >= Integer.BYTES
                    && file.read("signature", 0, Integer.BYTES).getInt() == ZIP) {
                return zipped(file);
            }
            Hdf5Arrays arrays = Hdf5Arrays.open(() -> new HdfFile(path), origin);
            try {
                List<String> config = arrays.strings("", "model_config");
                return new KerasModel(
                        arrays,
                        origin,
                        config.isEmpty() ? Optional.empty() : Optional.of(parse(config.get(0), origin)));
            } catch (IOException | RuntimeException e) {
                arrays.close();
                throw e;
            }
        }
    }

    private static KerasModel zipped(InputFile file) throws IOException {
        Map<String, ZipMember> members = ZipDirectory.read(file);
        ZipMember config = members.get("config.json");
        ZipMember weights = members.get("model.weights.h5");
        if (config == null || weights == null) {
            throw file.origin().defect("ZIP directory", "config.json and model.weights.h5", members.keySet() + "", 0);
        }
        int limit = (int) Math.min(ArrayBytes.halfOfHeap() / 2, Integer.MAX_VALUE - 9);
        byte[] content = weights.read(limit);
        String json = new String(config.read(MAX_CONFIG), StandardCharsets.UTF_8);
        KerasLayer model = parse(json, config.origin());
        return new KerasModel(
                Hdf5Arrays.open(() -> HdfFile.fromBytes(content), weights.origin()), file.origin(), Optional.of(model));
    }

    private static KerasLayer parse(String json, Origin origin) throws FormatException {
        try {
            JsonElement parsed = JsonParser.parseString(json);
            return KerasLayer.of(parsed.isJsonObject() ? parsed.getAsJsonObject() : new JsonObject());
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
            throw origin.defect("config", "JSON", String.valueOf(e.getMessage()), 0);
        }
    }

    /** A name is that of a layer, or of its kernel. */
    @Override
    public Optional<LinearHead> head(String name) throws IOException {
        if (!name.isEmpty()) {
            boolean isOther = arrays.contains(name) && !name.matches("(.*/)?(kernel(:0)?|vars/0)");
            return isOther ? Optional.empty() : Optional.of(chosen(layers.named(name)));
        }
        return model.isEmpty()
                ? layers.lastOfWeights()
                : Optional.of(folded(KerasWalk.of(model.get(), origin), model.get()));
    }

    /** With what follows it, if it is the last layer. */
    private LinearHead chosen(LayerArrays.Paths paths) throws IOException {
        if (model.isPresent()) {
            Optional<KerasWalk> walk = walk(model.get());
            if (walk.isPresent()
                    && layers.of(walk.get().dense(), walk.get().path(), model.get())
                            .equals(paths)) {
                return folded(walk.get(), model.get());
            }
        }
        return layers.dense(paths);
    }

    /** {@return the way to the last layer, unless the model ends in something else} */
    private Optional<KerasWalk> walk(KerasLayer configured) {
        try {
            return Optional.of(KerasWalk.of(configured, origin));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    private LinearHead folded(KerasWalk walk, KerasLayer configured) throws IOException {
        LinearHead head = layers.dense(layers.of(walk.dense(), walk.path(), configured));
        for (int i = walk.after().size() - 1; i >= 0; i--) {
            KerasLayer layer = walk.after().get(i);
            head = layer.type().equals("Rescaling")
                    ? rescaled(head, layer)
                    : layers.normalised(head, layer, layers.of(layer, walk.path(), configured));
        }
        return head;
    }

    private LinearHead rescaled(LinearHead head, KerasLayer layer) throws FormatException {
        double[] scale = new double[head.weights().rows()];
        double[] shift = scale.clone();
        Arrays.fill(scale, layer.number("scale", 1, origin));
        Arrays.fill(shift, layer.number("offset", 0, origin));
        return head.then(scale, shift, layer.name() + " (Rescaling)");
    }

    @Override
    public List<String> names() {
        try {
            return arrays.names();
        } catch (FormatException e) {
            return List.of(); // reported when an array is opened
        }
    }

    @Override
    public ArrayHeader header(String name) throws IOException {
        return arrays.header(name);
    }

    @Override
    public NumericArray array(String name) throws IOException {
        return arrays.array(name);
    }

    /** Closes the file; arrays stay readable. */
    @Override
    public void close() {
        arrays.close();
    }
}
