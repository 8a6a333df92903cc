package io.github.collapse4j.io.keras;

import io.github.collapse4j.io.array.ArrayHeader;
import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.array.NumericMatrix;
import io.github.collapse4j.io.array.Origin;
import io.github.collapse4j.io.head.LinearHead;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The arrays of a model's layers in either layout: {@code dense/dense/kernel:0}, or {@code layers/dense/vars/0}. */
final class LayerArrays {
    private static final double EPSILON = 1e-3;

    private final Hdf5Arrays arrays;
    private final Origin origin;

    LayerArrays(Hdf5Arrays arrays, Origin origin) {
        this.arrays = arrays;
        this.origin = origin;
    }

    /** Paths of the arrays of one layer, in the order of the file. */
    record Paths(List<String> names) {
        Optional<String> ending(String name) {
            return names.stream()
                    .filter(path -> path.matches("(.*/)?" + name + "(:0)?"))
                    .findFirst();
        }
    }

    private List<String> parameters() throws FormatException {
        return arrays.names().stream()
                .filter(name -> !name.startsWith("optimizer"))
                .toList();
    }

    /** The arrays of a layer, by its name or the path of one of them. */
    Paths named(String name) throws FormatException {
        String group = arrays.contains(name) ? name.substring(0, Math.max(0, name.lastIndexOf('/'))) : name;
        List<String> found = parameters().stream()
                .filter(path -> path.startsWith(group + "/") || path.contains("/" + group + "/"))
                .toList();
        if (found.isEmpty()) {
            throw origin.defect("layer", "'" + name + "'", "arrays " + parameters(), 0);
        }
        return new Paths(found);
    }

    /** The arrays of a layer of the configuration. */
    Paths of(KerasLayer layer, List<String> path, KerasLayer model) throws FormatException {
        List<String> inGroup = parameters().stream()
                .filter(name -> name.matches("(.*/)?" + Pattern.quote(layer.name()) + "/[^/]+"))
                .filter(name ->
                        path.isEmpty() || name.contains("/" + path.get(0) + "/") || name.startsWith(path.get(0)))
                .toList();
        if (!inGroup.isEmpty()) {
            return new Paths(inGroup);
        }
        for (String group : arrays.groups()) {
            boolean isVariables = group.endsWith("/vars") && !group.startsWith("optimizer");
            if (isVariables && arrays.strings(group, "name").equals(List.of(layer.name()))) {
                return new Paths(inside(group));
            }
        }
        List<KerasLayer> layers = model.layers();
        long before = layers.stream()
                .takeWhile(other -> !other.name().equals(layer.name()))
                .filter(other -> other.type().equals(layer.type()))
                .count();
        String counted = snake(layer.type()) + (before == 0 ? "" : "_" + before);
        for (String root : List.of("layers/", "_layer_checkpoint_dependencies/")) {
            List<String> inside = inside(root + counted + "/vars");
            if (path.isEmpty() && !inside.isEmpty()) {
                return new Paths(inside);
            }
        }
        throw origin.defect("layer", "arrays of '" + layer.name() + "'", "arrays " + parameters(), 0);
    }

    private List<String> inside(String group) throws FormatException {
        return parameters().stream()
                .filter(name -> name.startsWith(group + "/"))
                .toList();
    }

    private static String snake(String type) {
        return type.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    /** The last layer of a file of weights without configuration, in the order of its {@code layer_names} if it has any. */
    Optional<LinearHead> lastOfWeights() throws IOException {
        String root = arrays.groups().contains("model_weights") ? "model_weights" : "";
        List<String> order = arrays.strings(root, "layer_names");
        if (order.isEmpty()) {
            return new UnorderedWeights(arrays, this, origin).head();
        }
        List<Paths> norms = new ArrayList<>();
        for (int i = order.size() - 1; i >= 0; i--) {
            String group = root.isEmpty() ? order.get(i) : root + "/" + order.get(i);
            Paths paths = new Paths(inside(group));
            if (paths.ending("kernel").isPresent()) {
                LinearHead head = dense(paths);
                for (int n = norms.size() - 1; n >= 0; n--) {
                    head = normalised(head, EPSILON, norms.get(n), "a BatchNormalization (ε = 1e-3)");
                }
                return Optional.of(head);
            }
            if (paths.ending("moving_mean").isPresent()) {
                norms.add(paths);
            } else if (!paths.names().isEmpty()) {
                throw origin.defect("layer_names", "a Dense layer at the end", order.get(i), 0);
            }
        }
        return Optional.empty();
    }

    LinearHead dense(Paths paths) throws IOException {
        String kernel = paths.ending("kernel")
                .or(() -> paths.ending("vars/0"))
                .orElseThrow(() -> origin.defect("layer", "a kernel", paths.names() + "", 0));
        Optional<String> bias = paths.ending("bias").or(() -> paths.ending("vars/1"));
        ArrayHeader header = arrays.header(kernel);
        if (header.shape().size() != 2) {
            throw origin.defect("kernel " + kernel, "d×K", header.shapeText(), 0);
        }
        long d = header.shape().get(0);
        long classes = header.shape().get(1);
        double[] entries = entries(kernel);
        double[] rows = new double[entries.length];
        for (int i = 0; i < entries.length; i++) {
            rows[(int) (i % classes * d + i / classes)] = entries[i];
        }
        double[] b = bias.isPresent() ? entries(bias.get()) : new double[0];
        if (bias.isPresent() && b.length != classes) {
            throw origin.defect("bias " + bias.get(), classes + " entries", b.length + "", 0);
        }
        return LinearHead.ofRows(
                rows,
                classes,
                d,
                bias.isPresent() ? Optional.of(b) : Optional.empty(),
                kernel + " (" + classes + "×" + d + ")"
                        + bias.map(name -> ", " + name).orElse(""),
                origin);
    }

    LinearHead normalised(LinearHead head, KerasLayer norm, Paths paths) throws IOException {
        double epsilon = norm.number("epsilon", EPSILON, origin);
        List<String> roles = new ArrayList<>();
        if (norm.isTrue("scale", true)) {
            roles.add("gamma");
        }
        if (norm.isTrue("center", true)) {
            roles.add("beta");
        }
        roles.addAll(List.of("moving_mean", "moving_variance"));
        Map<String, String> parts = new HashMap<>();
        for (int i = 0; i < roles.size(); i++) {
            String number = "vars/" + i;
            String role = roles.get(i);
            paths.ending(role).or(() -> paths.ending(number)).ifPresent(path -> parts.put(role, path));
        }
        return normalised(head, epsilon, parts, norm.name() + " (BatchNormalization)");
    }

    private LinearHead normalised(LinearHead head, double epsilon, Paths paths, String title) throws IOException {
        Map<String, String> parts = new HashMap<>();
        for (String role : List.of("gamma", "beta", "moving_mean", "moving_variance")) {
            paths.ending(role).ifPresent(path -> parts.put(role, path));
        }
        return normalised(head, epsilon, parts, title);
    }

    private LinearHead normalised(LinearHead head, double epsilon, Map<String, String> parts, String title)
            throws IOException {
        int classes = head.weights().rows();
        double[] gamma = part("gamma", parts, classes, 1);
        double[] beta = part("beta", parts, classes, 0);
        double[] mean = part("moving_mean", parts, classes, 0);
        double[] variance = part("moving_variance", parts, classes, 1);
        double[] scale = new double[classes];
        double[] shift = new double[classes];
        for (int k = 0; k < classes; k++) {
            scale[k] = gamma[k] / Math.sqrt(variance[k] + epsilon);
            shift[k] = beta[k] - mean[k] * scale[k];
        }
        return head.then(scale, shift, title);
    }

    private double[] part(String role, Map<String, String> parts, int classes, double otherwise) throws IOException {
        String name = parts.get(role);
        if (name == null) {
            double[] same = new double[classes];
            Arrays.fill(same, otherwise);
            return same;
        }
        double[] entries = entries(name);
        if (entries.length != classes) {
            throw origin.defect(role, classes + " entries", entries.length + "", 0);
        }
        return entries;
    }

    private double[] entries(String name) throws IOException {
        try (NumericArray array = arrays.array(name)) {
            long count = array.header().elementCount();
            double[] entries = new double[(int) count];
            NumericMatrix column = array.reshaped(List.of(count)).matrix();
            column.readRows(0, (int) count, entries);
            return entries;
        }
    }
}
