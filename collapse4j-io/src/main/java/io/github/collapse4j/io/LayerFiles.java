package io.github.collapse4j.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a last layer lie: features {@code N×d}, N integer labels, weights {@code K×d} and a bias of K, found in
 * one folder, {@code .npz} or {@code .safetensors} by their names and, where these do not decide, by their shapes.
 *
 * @param features location of the features, as {@link ArrayFile} takes it
 * @param labels location of the labels
 * @param weights location of the weights, if there are any
 * @param bias location of the bias, if there is one
 * @param place the folder or archive
 * @param taken what was taken for what
 */
public record LayerFiles(
        String features, String labels, Optional<String> weights, Optional<String> bias, String place, String taken) {
    /** As the location of a bias: the layer has none, whatever there is. */
    public static final String NO_BIAS = "none";

    /**
     * What is given by its location and need not be found; null where it is not.
     *
     * @param bias may be {@link #NO_BIAS}
     */
    public record Given(
            @Nullable String labels,
            @Nullable String weights,
            @Nullable String bias) {}

    /**
     * {@return whether a location stands for all that lies there: a folder; or an archive without the name of an array, if no
     * labels are given with it}
     */
    public static boolean isPlace(String location, @Nullable String labels) {
        return isFolder(location) || (labels == null && NamedArray.isArchive(location));
    }

    static boolean isFolder(String location) {
        return FileName.exists(location) && Files.isDirectory(Path.of(location));
    }

    /**
     * Looks for a layer in a folder or an archive. Labels may also lie in {@code labels.npy} one folder up.
     *
     * @throws InputException if features or labels are missing, or there are several of which any could be meant; the
     *     message lists what is there
     */
    public static LayerFiles find(String place, Given given) throws IOException {
        LayerSearch search = new LayerSearch(place, NamedArray.in(place));
        LayerSearch.Samples samples = search.samples(given.labels(), given.weights());
        Optional<LayerSearch.Found> weights = search.weights(samples, given.weights());
        Optional<LayerSearch.Found> bias = weights.isEmpty()
                ? Optional.empty()
                : search.bias(weights.get(), given.weights() != null, given.bias());
        List<String> parts = new ArrayList<>();
        parts.add(samples.features().text(LayerRole.FEATURES));
        parts.add(samples.labels().text(LayerRole.LABELS));
        parts.add(weights.map(found -> found.text(LayerRole.WEIGHTS)).orElse("no weights"));
        if (weights.isPresent()) {
            parts.add(bias.map(found -> found.text(LayerRole.BIAS)).orElse("no bias"));
        }
        return new LayerFiles(
                samples.features().array().location(),
                samples.labels().array().location(),
                weights.map(found -> found.array().location()),
                bias.map(found -> found.array().location()),
                place,
                String.join(", ", parts));
    }

    /** {@return what was taken for what, in one line} */
    public String description() {
        return place + ": " + taken;
    }

    /**
     * {@return the location of the weights}
     *
     * @throws InputException if there are none
     */
    public String requiredWeights() throws InputException {
        return weights.orElseThrow(() -> new InputException(place + ": expected weights (" + LayerRole.WEIGHTS.shape
                + ") too, found " + taken + ": name them with --weights"));
    }
}
