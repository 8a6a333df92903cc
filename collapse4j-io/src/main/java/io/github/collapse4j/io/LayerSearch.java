package io.github.collapse4j.io;

import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.NumericArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds the parts of a last layer among arrays: by name, then by shape if names leave several candidates or none. */
final class LayerSearch {
    private static final int MAX_LISTED = 12;
    private static final int LABEL_CHUNK = 1 << 16;

    private final String place;
    private final List<NamedArray> arrays;

    LayerSearch(String place, List<NamedArray> arrays) {
        this.place = place;
        this.arrays = arrays;
    }

    /** An array, and whether it was chosen by its shape alone. */
    record Found(NamedArray array, boolean byShape) {
        String text(LayerRole role) {
            return role.title + " = " + array + (byShape ? " by shape" : "");
        }
    }

    /** Features and labels of the same samples. */
    record Samples(Found features, Found labels) {}

    /** Finds features and labels with the same number of samples, and of the dimension of weights with a known name. */
    Samples samples(@Nullable String givenLabels, @Nullable String givenWeights) throws IOException {
        List<Found> features = named(LayerRole.FEATURES);
        if (features.isEmpty()) {
            features = unnamed(NamedArray::isMatrix);
        }
        List<Found> labels = labels(givenLabels);
        if (features.isEmpty()) {
            throw missing(LayerRole.FEATURES, labels);
        }
        if (labels.isEmpty()) {
            throw missing(LayerRole.LABELS, features);
        }
        if (areNamed(features) && areNamed(labels)) {
            return new Samples(features.get(0), labels.get(0)); // whether they match is checked when they are read
        }
        List<Found> weights = givenWeights == null
                ? named(LayerRole.WEIGHTS)
                : List.of(new Found(NamedArray.weightsAt(givenWeights), false));
        List<Samples> pairs = new ArrayList<>();
        for (Found f : features) {
            for (Found l : labels) {
                if (f.array().rows().equals(l.array().rows())
                        && (weights.size() != 1
                                || weights.get(0)
                                        .array()
                                        .columns()
                                        .equals(f.array().columns()))) {
                    pairs.add(new Samples(f, l));
                }
            }
        }
        if (pairs.isEmpty()) {
            throw features.get(0).byShape() ? missing(LayerRole.FEATURES, labels) : missing(LayerRole.LABELS, features);
        }
        requireOne(
                LayerRole.FEATURES,
                pairs.stream().map(Samples::features).distinct().toList());
        requireOne(
                LayerRole.LABELS, pairs.stream().map(Samples::labels).distinct().toList());
        return pairs.get(0);
    }

    private static boolean areNamed(List<Found> found) {
        return found.size() == 1 && !found.get(0).byShape();
    }

    private List<Found> labels(@Nullable String given) throws IOException {
        if (given != null) {
            return List.of(new Found(NamedArray.at(given, ArrayFile.Role.LABELS), false));
        }
        List<Found> labels = named(LayerRole.LABELS);
        if (labels.isEmpty() && LayerFiles.isFolder(place)) {
            Path above = FileName.path(place).toAbsolutePath().normalize().resolveSibling("labels.npy");
            if (Files.isRegularFile(above)) {
                NamedArray array = NamedArray.at(above.toString(), ArrayFile.Role.LABELS);
                return List.of(new Found(array.shownAs("../labels.npy"), false));
            }
        }
        return labels.isEmpty() ? unnamed(array -> array.isVector(true)) : labels;
    }

    /** Finds the weights; by shape alone only those with one row per class in the labels. */
    Optional<Found> weights(Samples samples, LayerFiles.Given given) throws IOException {
        if (given.weights() != null) {
            NamedArray named = ClassifierSource.areBothNamed(given.weights(), given.bias())
                    ? NamedArray.at(given.weights(), ArrayFile.Role.ANY)
                    : NamedArray.weightsAt(given.weights());
            return Optional.of(new Found(named, false));
        }
        NamedArray features = samples.features().array();
        List<Found> weights = named(LayerRole.WEIGHTS);
        if (areNamed(weights)) {
            NamedArray array = weights.get(0).array();
            Optional<NamedArray> folded = NamedArray.foldedAt(array.location(), array.shown());
            if (folded.isPresent() && given.bias() != null) {
                throw ClassifierSource.twoBiases(
                        array.location(), folded.get().model().orElseThrow(), given.bias());
            }
            return folded.map(model -> new Found(model, false)).or(() -> Optional.of(weights.get(0)));
        }
        if (weights.isEmpty()) {
            List<Found> models = models(features.columns());
            requireOne(LayerRole.WEIGHTS, models);
            if (!models.isEmpty()) {
                return Optional.of(models.get(0));
            }
        }
        List<Found> candidates = weights.isEmpty() ? unnamed(NamedArray::isMatrix) : weights;
        List<Found> fitting = candidates.stream()
                .filter(found -> found.array().columns().equals(features.columns())
                        && !found.array().equals(features))
                .toList();
        if (fitting.size() > 1 || (fitting.size() == 1 && fitting.get(0).byShape())) {
            OptionalLong classes = OptionalLong.of(classes(samples.labels().array()));
            fitting = fitting.stream()
                    .filter(found -> found.array().rows().equals(classes))
                    .toList();
        }
        if (fitting.isEmpty() && !weights.isEmpty()) {
            requireOne(LayerRole.WEIGHTS, weights);
        }
        requireOne(LayerRole.WEIGHTS, fitting);
        return fitting.stream().findFirst();
    }

    /** Models whose last linear map is one of the features. */
    private List<Found> models(OptionalLong featureDimension) throws IOException {
        List<Found> models = new ArrayList<>();
        IOException refusal = null;
        for (Path file : NamedArray.models(place)) {
            try {
                NamedArray.modelAt(file.toString(), String.valueOf(file.getFileName()))
                        .filter(model -> model.columns().equals(featureDimension))
                        .ifPresent(model -> models.add(new Found(model, false)));
            } catch (FormatException | InputException e) {
                refusal = e;
            }
        }
        boolean byShape = arrays.stream()
                .anyMatch(array -> array.isMatrix() && array.columns().equals(featureDimension) && !isFeatures(array));
        if (models.isEmpty() && refusal != null && !byShape) {
            throw refusal;
        }
        return models;
    }

    private static boolean isFeatures(NamedArray array) {
        return LayerRole.FEATURES.isTitle(array.name()) || LayerRole.FEATURES.isAlias(array.name());
    }

    /**
     * Finds the bias of these weights: for {@code fc.weight} it is {@code fc.bias} or none.
     *
     * @param areGiven whether the user named the weights; a bias found here then belongs to them only if they are here
     */
    Optional<Found> bias(Found weights, boolean areGiven, @Nullable String given) throws IOException {
        if (LayerFiles.NO_BIAS.equals(given)) {
            return Optional.empty();
        }
        if (given != null) {
            return Optional.of(new Found(NamedArray.at(given, ArrayFile.Role.ANY), false));
        }
        NamedArray w = weights.array();
        if (w.model().isPresent()) {
            return Optional.empty(); // it is taken with the weights
        }
        Optional<NamedArray> here = arrays.stream()
                .filter(array -> isSame(array.location(), w.location()))
                .findFirst();
        if (areGiven && here.isEmpty()) {
            return Optional.empty();
        }
        String name = here.orElse(w).name();
        if (name.endsWith(".weight")) {
            String partner = name.substring(0, name.length() - "weight".length()) + "bias";
            return arrays.stream()
                    .filter(array -> array.name().equals(partner))
                    .map(array -> new Found(array, false))
                    .findFirst();
        }
        List<Found> named = named(LayerRole.BIAS);
        if (areNamed(named)) {
            return Optional.of(named.get(0));
        }
        List<Found> candidates = named.isEmpty() ? unnamed(array -> array.isVector(false)) : named;
        List<Found> fitting = candidates.stream()
                .filter(found -> found.array().rows().equals(w.rows()))
                .toList();
        requireOne(LayerRole.BIAS, fitting);
        return fitting.stream().findFirst();
    }

    private static boolean isSame(String location, String other) {
        return location.equals(other)
                || Path.of(location).normalize().equals(Path.of(other).normalize());
    }

    /** Arrays with the role's own name or, if there are none, with one of its aliases. */
    private List<Found> named(LayerRole role) {
        List<Found> exact = select(array -> role.isTitle(array.name()), false);
        return exact.isEmpty() ? select(array -> role.isAlias(array.name()), false) : exact;
    }

    private List<Found> unnamed(Predicate<NamedArray> shape) {
        return select(array -> !LayerRole.isKnown(array.name()) && shape.test(array), true);
    }

    private List<Found> select(Predicate<NamedArray> condition, boolean byShape) {
        return arrays.stream()
                .filter(condition)
                .map(array -> new Found(array, byShape))
                .toList();
    }

    private static long classes(NamedArray labels) throws IOException {
        long largest = -1;
        try (NumericArray array = ArrayFile.open(labels.location(), ArrayFile.Role.LABELS)) {
            LabelArray source = LabelArray.of(array);
            long[] some = new long[LABEL_CHUNK];
            for (long first = 0; first < source.length(); first += some.length) {
                int count = (int) Math.min(some.length, source.length() - first);
                source.read(first, count, some);
                for (int i = 0; i < count; i++) {
                    largest = Math.max(largest, some[i]);
                }
            }
        }
        return largest + 1;
    }

    private InputException missing(LayerRole role, List<Found> partners) {
        String fit = partners.size() == 1 ? " beside " + partners.get(0).array() : "";
        return new InputException(place + ": expected " + role.title + " (" + role.shape + ")" + fit + ", found "
                + (arrays.isEmpty() ? "no arrays" : "none among " + list(arrays)));
    }

    private void requireOne(LayerRole role, List<Found> found) throws InputException {
        if (found.size() > 1) {
            String remedy = switch (role) {
                case FEATURES, LABELS -> "name FEATURES and LABELS";
                case WEIGHTS -> "name them with --weights";
                case BIAS -> "name it with --bias, or give --bias none";
            };
            throw new InputException(place + ": expected one array of " + role.title + " (" + role.shape + "), found "
                    + list(found.stream().map(Found::array).toList()) + ": " + remedy);
        }
    }

    private static String list(List<NamedArray> arrays) {
        List<String> texts =
                arrays.stream().limit(MAX_LISTED).map(NamedArray::toString).toList();
        int more = arrays.size() - texts.size();
        return String.join(", ", texts) + (more > 0 ? " and " + more + " more" : "");
    }
}
