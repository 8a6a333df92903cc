package io.github.collapse4j.io;

import io.github.collapse4j.io.array.ArrayArchive;
import io.github.collapse4j.io.array.ArrayHeader;
import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.head.LinearHead;
import io.github.collapse4j.io.head.LinearShape;
import io.github.collapse4j.io.samples.Locations;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The last linear map among the parameters of a PyTorch model, which do not tell how layers are connected: it is the one
 * whose outputs no other has as many inputs for. A BatchNorm of its outputs is folded in if nothing else can have made
 * its inputs.
 */
final class StateDictHead {
    /** The default of PyTorch's layers; files do not contain it. */
    private static final double EPSILON = 1e-5;

    private static final String WEIGHT = "weight";
    private static final String MEAN = "running_mean";

    /** Directions of the rows of W, whose lengths are other parameters. */
    private static final List<String> NORMALISED = List.of("weight_v", "parametrizations.weight.original1");

    private static final Set<String> OPTIMISERS = Set.of("optimizer", "optim", "optimizer_state_dict", "optimizers");

    private final ArrayArchive archive;
    private final String file;

    /** Floats by name, in the order of the file. */
    private final Map<String, ArrayHeader> parameters = new LinkedHashMap<>();

    /** Whether the parameters are in the order in which the model defines them. */
    private final boolean isInOrder;

    StateDictHead(ArrayArchive archive, String file, boolean isInOrder) throws IOException {
        this.archive = archive;
        this.file = file;
        this.isInOrder = isInOrder;
        for (String name : archive.names()) {
            ArrayHeader header = archive.header(name);
            if (!header.dtype().isIntegral() && !OPTIMISERS.contains(name.split("\\.", 2)[0])) {
                parameters.put(name, header);
            }
        }
    }

    /**
     * Finds the last linear map.
     *
     * @param name the layer or its weights; empty for the last one
     * @return empty if there is none, or the array of that name is not the {@code weight} of a layer
     * @throws InputException if there are several, a BatchNorm may follow it, or its weights are computed from others
     */
    Optional<LinearHead> find(String name) throws IOException {
        String weights = name.isEmpty() ? last() : parameters.containsKey(name) ? name : name + "." + WEIGHT;
        if (weights.isEmpty() || !isLinear(weights)) {
            return Optional.empty();
        }
        requirePlain(weights);
        Optional<String> norm = norm(weights);
        LinearHead bare = read(weights);
        return Optional.of(norm.isEmpty() ? bare : fold(bare, norm.get()));
    }

    /** Whether it is the weights of a linear layer, or of a 1×1 convolution. */
    private boolean isLinear(String name) {
        ArrayHeader header = parameters.get(name);
        return header != null
                && (isPart(name, WEIGHT) || isNormalised(name))
                && header.shape().size() >= 2
                && header.shape().stream().skip(2).allMatch(length -> length == 1)
                && header.elementCount() > 0;
    }

    private static boolean isPart(String name, String part) {
        return name.equals(part) || name.endsWith("." + part);
    }

    private static boolean isNormalised(String name) {
        return NORMALISED.stream().anyMatch(part -> isPart(name, part));
    }

    private void requirePlain(String weights) throws InputException {
        if (isNormalised(weights)) {
            throw new InputException(file + ": expected the weights of the last layer, found " + linear(weights)
                    + ", which weight normalisation scales (save the model after"
                    + " torch.nn.utils.remove_weight_norm or parametrize.remove_parametrizations)");
        }
        Optional<String> adapter = parameters.keySet().stream()
                .filter(name -> name.startsWith(prefix(weights, WEIGHT) + "lora_"))
                .findFirst();
        if (adapter.isPresent()) {
            throw new InputException(file + ": expected the weights of the last layer, found " + linear(weights)
                    + ", to which " + adapter.get()
                    + " adds (save the model after merge_and_unload, or name weights and"
                    + " bias with --weights and --bias to take them as they are)");
        }
    }

    private String last() throws InputException {
        List<String> linear = parameters.keySet().stream()
                .filter(this::isLinear)
                .filter(name -> !name.toLowerCase(Locale.ROOT).matches(".*(embed|wte|wpe|lora_).*"))
                .toList();
        List<String> matrices =
                linear.stream().filter(name -> shape(name).size() == 2).toList();
        List<String> layers = matrices.isEmpty() ? linear : matrices;
        List<String> ends = layers.stream()
                .filter(name -> linear(name).outputs() > 1
                        && layers.stream()
                                .noneMatch(other ->
                                        !other.equals(name) && linear(name).fits(linear(other))))
                .toList();
        List<String> candidates = ends.isEmpty() ? numbered(layers) : ends;
        if (candidates.size() > 1) {
            candidates = known(candidates);
        }
        if (candidates.size() > 1) {
            throw new InputException(file + ": expected one last linear layer, or " + file + ":NAME, found "
                    + LinearShape.list(shapes(candidates)));
        }
        return candidates.isEmpty() ? "" : candidates.get(0);
    }

    /** The last of layers whose names differ only in a number, such as {@code net.0.weight} and {@code net.2.weight}. */
    private static List<String> numbered(List<String> layers) {
        long patterns = layers.stream()
                .map(name -> name.replaceAll("\\d+", "#"))
                .distinct()
                .count();
        return patterns == 1
                ? List.of(layers.stream().max(Locations.naturalOrder()).orElseThrow())
                : layers;
    }

    /** Those of the usual names, if there are any; the shortest if that decides. */
    private static List<String> known(List<String> candidates) {
        List<String> known =
                candidates.stream().filter(LayerRole.WEIGHTS::isAlias).toList();
        if (known.isEmpty()) {
            return candidates;
        }
        int shortest = known.stream().mapToInt(StateDictHead::depth).min().orElseThrow();
        return known.stream().filter(name -> depth(name) == shortest).toList();
    }

    private static int depth(String name) {
        return name.split("\\.").length;
    }

    private List<LinearShape> shapes(List<String> names) {
        return names.stream().map(this::linear).toList();
    }

    private LinearShape linear(String name) {
        return new LinearShape(name, shape(name).get(0), shape(name).get(1));
    }

    private List<Long> shape(String name) {
        ArrayHeader header = parameters.get(name);
        return header == null ? List.of() : header.shape();
    }

    private static String prefix(String name, String last) {
        return name.substring(0, name.length() - last.length());
    }

    /** The BatchNorm after the layer, if there is one; with the usual definition of models, it is defined after it. */
    private Optional<String> norm(String weights) throws InputException {
        long classes = shape(weights).get(0);
        List<String> names = new ArrayList<>(parameters.keySet());
        List<String> norms = names.stream()
                .filter(name -> name.endsWith("." + MEAN) && shape(name).equals(List.of(classes)))
                .filter(name -> !isInOrder || names.indexOf(name) > names.indexOf(weights))
                .map(name -> prefix(name, "." + MEAN))
                .toList();
        if (norms.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> other = names.stream()
                .filter(name -> !name.equals(weights)
                        && name.endsWith(WEIGHT)
                        && shape(name).size() > 1)
                .filter(name -> shape(name).get(0) == classes || shape(name).get(1) == classes)
                .findFirst();
        if (norms.size() > 1 || other.isPresent()) {
            throw new InputException(file + ": expected no BatchNorm that may follow " + weights + ", found "
                    + String.join(", ", norms)
                    + other.map(name -> " and " + name + " of as many channels").orElse("")
                    + ": fold it in, or name weights and bias with --weights and --bias to take them as they are");
        }
        return Optional.of(norms.get(0));
    }

    private LinearHead read(String weights) throws IOException {
        List<Long> shape = shape(weights);
        String partner = prefix(weights, WEIGHT) + "bias";
        boolean hasBias = shape(partner).equals(List.of(shape.get(0)));
        try (NumericArray array = archive.array(weights)) {
            return new LinearHead(
                    ClassifierFiles.weights(array.reshaped(shape.subList(0, 2)).matrix()),
                    hasBias ? Optional.of(vector(partner)) : Optional.empty(),
                    linear(weights) + (hasBias ? ", " + partner : ""),
                    false);
        }
    }

    private double[] vector(String name) throws IOException {
        try (NumericArray array = archive.array(name)) {
            return ClassifierFiles.bias(array, Math.toIntExact(shape(name).get(0)));
        }
    }

    private LinearHead fold(LinearHead head, String norm) throws IOException {
        int classes = head.weights().rows();
        double[] mean = vector(norm + "." + MEAN);
        double[] variance = vector(part(norm, "running_var", classes).orElseThrow(() -> incomplete(norm)));
        double[] scale = new double[classes];
        double[] shift = new double[classes];
        Optional<String> gamma = part(norm, WEIGHT, classes);
        Optional<String> beta = part(norm, "bias", classes);
        double[] factor = gamma.isPresent() ? vector(gamma.get()) : new double[0];
        double[] term = beta.isPresent() ? vector(beta.get()) : new double[classes];
        for (int k = 0; k < classes; k++) {
            scale[k] = (gamma.isPresent() ? factor[k] : 1) / Math.sqrt(variance[k] + EPSILON);
            shift[k] = term[k] - mean[k] * scale[k];
        }
        return head.then(scale, shift, norm + " (BatchNorm, ε = 1e-5)");
    }

    private Optional<String> part(String norm, String name, long classes) {
        return Optional.of(norm + "." + name).filter(part -> shape(part).equals(List.of(classes)));
    }

    private FormatException incomplete(String norm) {
        return new FormatException(file, norm, "a running_var for its running_mean", "none", 0);
    }
}
