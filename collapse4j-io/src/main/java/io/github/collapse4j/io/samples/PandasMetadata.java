package io.github.collapse4j.io.samples;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The metadata that pandas writes to the footer of a Parquet file. */
public final class PandasMetadata {
    /** The key of the metadata. */
    public static final String KEY = "pandas";

    private PandasMetadata() {}

    /**
     * Finds the columns that were the index of a data frame.
     *
     * @param metadata JSON; null or anything that pandas does not write yields no columns
     */
    public static Set<String> indexColumns(@Nullable String metadata) {
        Set<String> names = new LinkedHashSet<>();
        if (metadata != null && parsed(metadata) instanceof JsonObject frame && frame.has("index_columns")) {
            JsonElement columns = frame.get("index_columns");
            if (columns.isJsonArray()) {
                // a range index is an object here, not a column
                columns.getAsJsonArray().asList().stream()
                        .filter(JsonElement::isJsonPrimitive)
                        .map(JsonElement::getAsString)
                        .forEach(names::add);
            }
        }
        return names;
    }

    private static @Nullable JsonElement parsed(String metadata) {
        try {
            return JsonParser.parseString(metadata);
        } catch (JsonParseException e) {
            return null;
        }
    }
}
