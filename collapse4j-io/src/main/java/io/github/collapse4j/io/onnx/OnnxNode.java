package io.github.collapse4j.io.onnx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An operation.
 *
 * @param op its type, such as {@code Gemm}, after its domain unless that is the standard one
 * @param inputs the names of the tensors it reads, empty for those left out
 * @param outputs the names of the tensors it makes
 * @param attributes its attributes
 */
record OnnxNode(String op, List<String> inputs, List<String> outputs, Map<String, Attribute> attributes) {
    /** The attribute whose text matters; others may be long. */
    private static final String TEXT = "equation";

    /** The value of an attribute, one of these. */
    record Attribute(
            float number,
            long integer,
            List<Long> integers,
            List<Float> numbers,
            String text,
            @Nullable OnnxTensor tensor) {}

    static OnnxNode read(ProtoReader in) throws IOException {
        String op = "";
        String domain = "";
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        Map<String, Attribute> attributes = new HashMap<>();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> inputs.add(in.string());
                case 2 -> outputs.add(in.string());
                case 4 -> op = in.string();
                case 5 -> readAttribute(in.message(), attributes);
                case 7 -> domain = in.string();
                default -> in.skip();
            }
        }
        String name = domain.isEmpty() || domain.equals("ai.onnx") ? op : domain + "." + op;
        return new OnnxNode(name, inputs, outputs, attributes);
    }

    private static void readAttribute(ProtoReader in, Map<String, Attribute> attributes) throws IOException {
        String name = "";
        float number = 0;
        long integer = 0;
        List<Long> integers = new ArrayList<>();
        List<Float> numbers = new ArrayList<>();
        String text = "";
        OnnxTensor tensor = null;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> name = in.string();
                case 2 -> number = in.number();
                case 3 -> integer = in.integer();
                case 4 -> {
                    if (name.equals(TEXT)) {
                        text = in.string();
                    } else {
                        in.skip();
                    }
                }
                case 5 -> tensor = OnnxTensor.read(in.message());
                case 7 -> in.numbers(Float.BYTES, bits -> numbers.add(Float.intBitsToFloat((int) bits)));
                case 8 -> in.numbers(0, integers::add);
                default -> in.skip(); // subgraphs among them
            }
        }
        attributes.put(name, new Attribute(number, integer, integers, numbers, text, tensor));
    }

    /** The name of an input, empty if it is left out. */
    String input(int index) {
        return index < inputs.size() ? inputs.get(index) : "";
    }

    Optional<Attribute> attribute(String name) {
        return Optional.ofNullable(attributes.get(name));
    }

    long integer(String name, long otherwise) {
        return attribute(name).map(Attribute::integer).orElse(otherwise);
    }

    String text(String name) {
        return attribute(name).map(Attribute::text).orElse("");
    }

    double number(String name, double otherwise) {
        return attribute(name).map(attribute -> (double) attribute.number()).orElse(otherwise);
    }
}
