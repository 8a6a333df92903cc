package io.github.collapse4j.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Locations of the parts of a last layer: features {@code N×d}, N integer labels, weights {@code K×d} and a bias of
 * length K. They are found in one folder, {@code .npz} or {@code .safetensors} by name or, where names are
 * inconclusive, by shape.
 *
 * @param features location of the features, as accepted by {@link ArrayFile}
 * @param labels location of the labels
 * @param weights location of the weights, if any
 * @param bias location of the bias, if any; that of a model is found with its weights
 * @param place the folder or archive
 * @param taken the array chosen for each role, for messages
 */
public record LayerFiles(
        String features, String labels, Optional<String> weights, Optional<String> bias, String place, String taken) {
    /** Given as the location of the bias: the layer has none, whatever the folder or archive holds. */
    public static final String NO_BIAS = "none";

    /**
     * Locations given by the user; null for those to be found.
     *
     * @param bias may be {@link #NO_BIAS}
     */
    public record Given(
            @Nullable String labels,
            @Nullable String weights,
            @Nullable String bias) {}

    /**
     * {@return whether a location denotes a whole layer: a folder, or an archive without an array name if no labels are
     * given separately}
     */
    public static boolean isPlace(String location, @Nullable String labels) {
        return isFolder(location) || (labels == null && NamedArray.isArchive(location));
    }

    /**
     * Refuses a name of nothing, which could have been a folder or an archive.
     *
     * @throws NoSuchFileException if there is neither a file nor a folder of that name, nor is it standard input, a list
     *     or a pattern
     */
    public static void requirePlace(String location) throws IOException {
        boolean isPlain = !location.equals("-") && location.chars().noneMatch(c -> "*?[{,:".indexOf(c) >= 0);
        if (isPlain && !FileName.exists(location)) {
            throw new NoSuchFileException(location);
        }
    }

    static boolean isFolder(String location) {
        return FileName.exists(location) && Files.isDirectory(Path.of(location));
    }

    /**
     * Finds a layer in a folder or an archive. Labels may also be in {@code labels.npy} in the parent folder.
     *
     * @throws InputException if features or labels are missing or ambiguous; the message lists the arrays present
     */
    public static LayerFiles find(String place, Given given) throws IOException {
        LayerSearch search = new LayerSearch(place, NamedArray.in(place));
        LayerSearch.Samples samples = search.samples(given.labels(), given.weights());
        Optional<LayerSearch.Found> weights = search.weights(samples, given);
        Optional<LayerSearch.Found> bias = weights.isEmpty()
                ? Optional.empty()
                : search.bias(weights.get(), given.weights() != null, given.bias());
        boolean isModel = weights.isPresent() && weights.get().array().model().isPresent();
        boolean isWithoutBias = isModel && NO_BIAS.equals(given.bias());
        List<String> parts = new ArrayList<>();
        parts.add(samples.features().text(LayerRole.FEATURES));
        parts.add(samples.labels().text(LayerRole.LABELS));
        parts.add(weights.map(found -> found.text(LayerRole.WEIGHTS)).orElse("no weights"));
        if (weights.isPresent() && (bias.isPresent() || !isModel || isWithoutBias)) {
            parts.add(bias.map(found -> found.text(LayerRole.BIAS)).orElse("no bias"));
        }
        return new LayerFiles(
                samples.features().array().location(),
                samples.labels().array().location(),
                weights.map(found -> found.array().location()),
                isWithoutBias
                        ? Optional.of(NO_BIAS)
                        : bias.map(found -> found.array().location()),
                place,
                String.join(", ", parts));
    }

    /** {@return the array chosen for each role, in one line} */
    public String description() {
        return place + ": " + taken;
    }

    /**
     * {@return the location of the weights}
     *
     * @throws InputException if there are no weights
     */
    public String requiredWeights() throws InputException {
        return weights.orElseThrow(() -> new InputException(place + ": expected weights (" + LayerRole.WEIGHTS.shape
                + ") too, found " + taken + ": name them with --weights"));
    }
}
