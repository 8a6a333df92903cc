package io.github.collapse4j.io.safetensors;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.collapse4j.io.array.ArrayArchive;
import io.github.collapse4j.io.array.ArrayHeader;
import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.InputFile;
import io.github.collapse4j.io.array.NumericArray;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tensors in several files beside an index, {@code model.safetensors.index.json}. */
public final class ShardedSafetensors implements ArrayArchive {
    private static final int MAX_INDEX_BYTES = 1 << 24;

    private final InputFile index;
    private final Map<String, String> files;
    private final Map<String, Safetensors> shards = new HashMap<>();

    private ShardedSafetensors(InputFile index, Map<String, String> files) {
        this.index = index;
        this.files = files;
    }

    /**
     * Opens an index.
     *
     * @param name its name in messages
     * @throws FormatException if it is not such a file, or names a file in another folder
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws IOException if reading fails
     */
    public static ShardedSafetensors open(Path path, String name) throws IOException {
        try (InputFile index = InputFile.open(path, name)) {
            if (index.size() > MAX_INDEX_BYTES) {
                throw index.origin()
                        .defect("index", "at most " + MAX_INDEX_BYTES + " bytes", index.size() + " bytes", 0);
            }
            byte[] bytes = index.read("index", 0, (int) index.size()).array();
            return new ShardedSafetensors(index, files(new String(bytes, StandardCharsets.UTF_8), index));
        }
    }

    private static Map<String, String> files(String json, InputFile index) throws FormatException {
        Map<String, String> files = new LinkedHashMap<>();
        try {
            JsonElement map = JsonParser.parseString(json).getAsJsonObject().get("weight_map");
            if (map == null) {
                throw index.origin().defect("index", "a weight_map", "none", 0);
            }
            for (Map.Entry<String, JsonElement> entry : map.getAsJsonObject().entrySet()) {
                String file = entry.getValue().getAsString();
                if (!isBeside(file)) {
                    throw index.origin().defect("weight_map", "a file beside the index", file, 0);
                }
                files.put(entry.getKey(), file);
            }
            return files;
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
            throw index.origin().defect("index", "JSON with a weight_map", String.valueOf(e.getMessage()), 0);
        }
    }

    private static boolean isBeside(String file) {
        return !List.of("", ".", "..").contains(file) && file.chars().noneMatch(c -> c == '/' || c == '\\');
    }

    @Override
    public List<String> names() {
        return List.copyOf(files.keySet());
    }

    @Override
    public ArrayHeader header(String name) throws IOException {
        return shard(name).header(name);
    }

    @Override
    public NumericArray array(String name) throws IOException {
        return shard(name).array(name);
    }

    private synchronized Safetensors shard(String name) throws IOException {
        String file = files.get(name);
        if (file == null) {
            throw index.origin().defect("weight_map", "'" + name + "'", "only " + names(), 0);
        }
        Safetensors open = shards.get(file);
        if (open == null) {
            try {
                open = Safetensors.open(index.path().resolveSibling(file));
            } catch (FileSystemException | InvalidPathException e) {
                throw index.origin().defect("weight_map", "the file " + file, "no such file that can be opened", 0);
            }
            shards.put(file, open);
        }
        return open;
    }

    @Override
    public synchronized void close() throws IOException {
        for (Safetensors shard : new ArrayList<>(shards.values())) {
            shard.close();
        }
        shards.clear();
    }
}
