package io.github.collapse4j.djl.train;

import io.github.collapse4j.djl.network.LastFeatures;
import io.github.collapse4j.io.image.ImageSplits;
import io.github.collapse4j.model.TrainingLoss;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything that determines a training, under the names used in a checkpoint. These names and values are part of the
 * file format: they must not change when classes and components are renamed.
 *
 * @param fields fields by name, in storage order
 */
record TrainingIdentity(Map<String, String> fields) {
    private static final String EPOCHS = "epochs";
    private static final String EXTENDED = "extended after";

    static TrainingIdentity of(Recipe recipe, ImageSplits images) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("body", recipe.body().name());
        fields.put("features", Integer.toString(recipe.featureDimension()));
        identify(recipe.features(), fields);
        fields.put("head", recipe.head().name());
        fields.put("bias", recipe.bias() ? "yes" : "no");
        identify(recipe.loss(), fields);
        recipe.regularization().identify(fields);
        recipe.steps().identify(fields);
        fields.put("schedule", recipe.rate().schedule());
        fields.put("rate", number(recipe.rate().initial()));
        fields.put(EPOCHS, Integer.toString(recipe.epochs()));
        fields.put("batch", Integer.toString(recipe.batchSize()));
        fields.put("seed", Long.toString(recipe.seed()));
        fields.put("images", images.name());
        fields.put("pixels", Integer.toHexString(Arrays.hashCode(images.train().pixels())));
        fields.put("labels", Integer.toHexString(Arrays.hashCode(images.train().labels())));
        images.train()
                .targets()
                .ifPresent(targets -> fields.put("targets", Integer.toHexString(Arrays.hashCode(targets.data()))));
        return new TrainingIdentity(fields);
    }

    private static void identify(LastFeatures features, Map<String, String> fields) {
        if (features instanceof LastFeatures.Rectified) {
            fields.put("last", "relu");
        } else if (features instanceof LastFeatures.Normalised unit) {
            fields.put("last", "normalised");
            fields.put("temperature", number(unit.temperature()));
        }
    }

    /** Options that are not used have no field. */
    private static void identify(TrainingLoss loss, Map<String, String> fields) {
        fields.put(
                "loss",
                switch (loss.kind()) {
                    case SOFTMAX -> "cross-entropy";
                    case SIGMOID -> "binary cross-entropy";
                    case SQUARED -> "squared error";
                });
        if (loss.smoothing() != 0) {
            fields.put("label smoothing", number(loss.smoothing()));
        }
        loss.classWeights().ifPresent(weights -> fields.put("class weights", numbers(weights)));
        if (loss.logitAdjustment() != 0) {
            fields.put("logit adjustment", number(loss.logitAdjustment()));
        }
        loss.margins().ifPresent(margins -> fields.put("margins", numbers(margins)));
        loss.positiveWeights().ifPresent(weights -> fields.put("positive weights", numbers(weights)));
    }

    private static String numbers(double[] values) {
        return Arrays.stream(values).mapToObj(TrainingIdentity::number).collect(Collectors.joining(" "));
    }

    /** The shortest decimal of a number, independent of the Java release. */
    static String number(double value) {
        BigDecimal exact = new BigDecimal(value);
        BigDecimal shortest = exact;
        for (int digits = 17; digits > 0 && exact.round(new MathContext(digits)).doubleValue() == value; digits--) {
            shortest = exact.round(new MathContext(digits));
        }
        return shortest.stripTrailingZeros().toString();
    }

    int epochs() {
        return Integer.parseInt(Objects.requireNonNull(fields.get(EPOCHS)));
    }

    /** See {@link Resumption#extendedAfter}. */
    List<Integer> extendedAfter() {
        String list = fields.get(EXTENDED);
        return list == null
                ? List.of()
                : Arrays.stream(list.split(" ")).map(Integer::valueOf).toList();
    }

    /** The identity of this training after extensions; there is no field without one. */
    TrainingIdentity extendedAfter(List<Integer> epochs) {
        if (epochs.isEmpty()) {
            return this;
        }
        Map<String, String> extended = new LinkedHashMap<>(fields);
        extended.put(EXTENDED, epochs.stream().map(String::valueOf).collect(Collectors.joining(" ")));
        return new TrainingIdentity(extended);
    }

    /** Whether this training goes on from a checkpoint of another: only the epochs may differ, and be more. */
    boolean continues(TrainingIdentity found) {
        return differences(found).isEmpty();
    }

    /** The fields that forbid to go on from a checkpoint of another training, for a message. */
    String difference(TrainingIdentity found) {
        Set<String> names = differences(found);
        return "expected " + list(names) + ", found " + found.list(names);
    }

    private Set<String> differences(TrainingIdentity found) {
        Set<String> names = new LinkedHashSet<>(fields.keySet());
        names.addAll(found.fields.keySet());
        names.removeIf(name -> String.valueOf(fields.get(name)).equals(String.valueOf(found.fields.get(name))));
        names.remove(EXTENDED);
        if (found.fields.containsKey(EPOCHS) && found.epochs() < epochs()) {
            names.remove(EPOCHS);
        }
        return names;
    }

    private String list(Set<String> names) {
        List<String> some = new ArrayList<>();
        fields.forEach((name, value) -> {
            if (names.contains(name)) {
                some.add(name + " = " + value);
            }
        });
        return some.isEmpty() ? "nothing more" : String.join(", ", some);
    }
}
