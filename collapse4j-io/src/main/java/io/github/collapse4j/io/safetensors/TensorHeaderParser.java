package io.github.collapse4j.io.safetensors;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.github.collapse4j.io.array.ArrayHeader;
import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.Origin;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a header's JSON, an object of one object per tensor. */
final class TensorHeaderParser {
    private static final int OFFSET = 8;

    private final Origin origin;
    private final JsonReader json;

    /** Starts at the opening brace. */
    TensorHeaderParser(InputStream in, Origin origin) {
        this.origin = origin;
        // unlike a reader made from the charset, one made from its decoder refuses malformed UTF-8
        this.json = new JsonReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
        json.setStrictness(Strictness.STRICT);
    }

    /** {@return the tensors by name, in the order of the header} */
    Map<String, Tensor> parse() throws IOException {
        try {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            json.beginObject();
            while (json.hasNext()) {
                String name = json.nextName();
                if (name.equals("__metadata__")) {
                    json.skipValue();
                } else if (tensors.put(name, tensor(name)) != null) {
                    throw defect("one tensor of each name", "two named " + name);
                }
            }
            json.endObject();
            if (json.peek() != JsonToken.END_DOCUMENT) {
                throw defect("nothing but spaces behind the JSON object", "more");
            }
            return tensors;
        } catch (MalformedJsonException | EOFException | CharacterCodingException | IllegalStateException e) {
            throw defect("JSON in UTF-8 that describes tensors", firstLine(e));
        }
    }

    private Tensor tensor(String name) throws IOException {
        String type = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        json.beginObject();
        while (json.hasNext()) {
            String key = json.nextName();
            switch (key) {
                case "dtype" -> type = once(type, json.nextString(), name, key);
                case "shape" -> shape = once(shape, numbers(name, key, ArrayHeader.MAX_DIMENSIONS), name, key);
                case "data_offsets" -> offsets = once(offsets, numbers(name, key, 2), name, key);
                default -> throw defect("dtype, shape and data_offsets of " + name, "also " + key);
            }
        }
        json.endObject();
        if (type == null || shape == null || offsets == null || offsets.size() != 2) {
            throw defect("dtype, shape and two data_offsets of " + name, "only some of them");
        }
        return new Tensor(type, shape, offsets.get(0), offsets.get(1));
    }

    private <T> T once(@Nullable T before, T now, String name, String key) throws FormatException {
        if (before != null) {
            throw defect("one " + key + " of " + name, "two");
        }
        return now;
    }

    private List<Long> numbers(String name, String key, int most) throws IOException {
        List<Long> numbers = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
            if (numbers.size() == most) {
                throw defect("at most " + most + " numbers in " + key + " of " + name, "more");
            }
            numbers.add(number(name, key));
        }
        json.endArray();
        return numbers;
    }

    private long number(String name, String key) throws IOException {
        JsonToken token = json.peek();
        String text = token == JsonToken.NUMBER ? json.nextString() : token.toString();
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw defect("whole numbers in " + key + " of " + name, text);
    }

    private FormatException defect(String expected, String found) {
        return origin.defect("header", expected, found, OFFSET);
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("none");
    }
}
