package io.github.collapse4j.io.input;

import io.github.collapse4j.io.array.ArrayArchive;
import io.github.collapse4j.io.array.ArrayHeader;
import io.github.collapse4j.io.array.FormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which arrays of an archive are inputs and labels.
 *
 * @param inputs the name of the inputs
 * @param labels the name of the labels, if there are any
 */
record InputArchive(String inputs, Optional<String> labels) {
    private static final List<String> INPUT_NAMES = List.of("inputs", "input", "images", "x", "X", "data");
    private static final List<String> LABEL_NAMES = List.of("labels", "label", "y", "Y", "targets", "target");

    /**
     * Takes the only array that can be meant, or the one with a usual name, such as those of Keras, x_train and y_train.
     *
     * @throws FormatException if several arrays can be the inputs; the message lists them
     */
    static InputArchive in(ArrayArchive archive, String location, InputRequest.Part part) throws IOException {
        List<String> vectors = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String name : archive.names()) {
            ArrayHeader header;
            try {
                header = archive.header(name);
            } catch (FormatException e) {
                continue; // not numbers
            }
            boolean isVector = header.shape().size() == 1 && header.dtype().isIntegral();
            if (!header.shape().isEmpty()) {
                (isVector ? vectors : others).add(name);
            }
        }
        String inputs = one(others, usual("x_", part, INPUT_NAMES))
                .orElseThrow(() -> new FormatException(
                        location,
                        "array",
                        "a single one of inputs, or " + location + ":NAME",
                        "these names: " + archive.names(),
                        0));
        InputRequest.Part same = inputs.equals("x_test") ? InputRequest.Part.TEST : part;
        return new InputArchive(inputs, one(vectors, usual("y_", same, LABEL_NAMES)));
    }

    private static List<String> usual(String prefix, InputRequest.Part part, List<String> names) {
        List<String> usual = new ArrayList<>();
        if (part != InputRequest.Part.TEST) {
            usual.add(prefix + "train");
        }
        if (part != InputRequest.Part.TRAIN) {
            usual.add(prefix + "test");
        }
        usual.addAll(names);
        return usual;
    }

    private static Optional<String> one(List<String> candidates, List<String> usual) {
        return candidates.size() == 1
                ? Optional.of(candidates.get(0))
                : usual.stream().filter(candidates::contains).findFirst();
    }
}
