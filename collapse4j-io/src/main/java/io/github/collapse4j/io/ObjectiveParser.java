package io.github.collapse4j.io;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.github.collapse4j.io.array.OneLine;
import io.github.collapse4j.model.FeatureDomain;
import io.github.collapse4j.model.TrainingLoss;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Reads an {@code objective.json}. */
final class ObjectiveParser {
    private final JsonReader json;
    private final String file;
    private final Set<String> seen = new HashSet<>();
    private TrainingLoss.@Nullable Kind kind;
    private double smoothing;
    private double logitAdjustment;
    private Optional<double[]> classWeights = Optional.empty();
    private Optional<double[]> margins = Optional.empty();
    private Optional<double[]> positiveWeights = Optional.empty();
    private OptionalDouble lambdaW = OptionalDouble.empty();
    private OptionalDouble lambdaH = OptionalDouble.empty();
    private OptionalDouble lambdaB = OptionalDouble.empty();
    private OptionalDouble weightDecay = OptionalDouble.empty();
    private Optional<String> targets = Optional.empty();
    private Optional<FeatureDomain> domain = Optional.empty();
    private OptionalDouble temperature = OptionalDouble.empty();
    private double margin;

    ObjectiveParser(InputStream in, String file) {
        this.file = file;
        // unlike a reader made from the charset, one made from its decoder refuses malformed UTF-8
        this.json = new JsonReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
        json.setStrictness(Strictness.STRICT);
    }

    /**
     * Reads the object.
     *
     * @throws InputException if it is not an objective
     */
    TrainedObjective parse() throws IOException {
        try {
            json.beginObject();
            while (json.hasNext()) {
                read(json.nextName());
            }
            json.endObject();
            if (json.peek() != JsonToken.END_DOCUMENT) {
                throw defect("nothing after the JSON object", "more");
            }
            if (kind == null) {
                throw defect("a loss", "none");
            }
            TrainingLoss loss =
                    new TrainingLoss(kind, smoothing, classWeights, logitAdjustment, margins, positiveWeights);
            return new TrainedObjective(loss, lambdaW, lambdaH, lambdaB, weightDecay, targets, features());
        } catch (MalformedJsonException | EOFException | CharacterCodingException | IllegalStateException e) {
            throw defect("JSON in UTF-8 that states a loss and penalties", firstLine(e));
        } catch (IllegalArgumentException e) {
            throw new InputException(file + ": " + e.getMessage());
        }
    }

    private Optional<StatedFeatures> features() throws InputException {
        if (domain.isEmpty() && (temperature.isPresent() || margin != 0)) {
            throw defect("features with a temperature or a margin", "none");
        }
        return domain.map(stated -> new StatedFeatures(stated, temperature, margin));
    }

    private void read(String key) throws IOException {
        if (!seen.add(key)) {
            throw defect("one " + key, "two");
        }
        switch (key) {
            case "loss" -> kind = kind(text());
            case "labelSmoothing" -> smoothing = number(key);
            case "classWeights" -> classWeights = Optional.of(numbers(key));
            case "logitAdjustment" -> logitAdjustment = number(key);
            case "margins" -> margins = Optional.of(numbers(key));
            case "posWeight" -> positiveWeights = Optional.of(numbers(key));
            case "lambdaW" -> lambdaW = OptionalDouble.of(penalty(key, Double.MIN_VALUE, "a number above 0"));
            case "lambdaH" -> lambdaH = OptionalDouble.of(penalty(key, Double.MIN_VALUE, "a number above 0"));
            case "lambdaB" -> lambdaB = OptionalDouble.of(penalty(key, 0, "a number of at least 0"));
            case "weightDecay" -> weightDecay = OptionalDouble.of(penalty(key, Double.MIN_VALUE, "a number above 0"));
            case "features" -> domain = Optional.of(domain(text()));
            case "temperature" -> temperature = OptionalDouble.of(number(key));
            case "margin" -> margin = number(key);
            case "targets" -> targets = Optional.of(fileName(key));
            default ->
                throw defect(
                        "the keys loss, labelSmoothing, classWeights, logitAdjustment, margins, posWeight, targets, features,"
                                + " temperature, margin, lambdaW, lambdaH, lambdaB and weightDecay",
                        key);
        }
    }

    private TrainingLoss.Kind kind(String name) throws InputException {
        TrainingLoss.Kind found = TrainedObjective.KINDS.get(name);
        if (found == null) {
            throw defect("loss", "ce, mse or bce", name);
        }
        return found;
    }

    private FeatureDomain domain(String name) throws InputException {
        return Arrays.stream(FeatureDomain.values())
                .filter(known -> known.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> defect("features", "free, nonnegative or unit", name));
    }

    private String text() throws IOException {
        JsonToken token = json.peek();
        return token == JsonToken.STRING ? json.nextString() : token.toString();
    }

    /** The name of a file beside this one. */
    private String fileName(String key) throws IOException {
        boolean isText = json.peek() == JsonToken.STRING;
        String name = text();
        if (!isText || name.isBlank() || name.matches("\\.\\.?|.*[/\\\\\\p{Cntrl}].*")) {
            throw defect(key, "the name of a file in this folder", name);
        }
        return name;
    }

    private double penalty(String key, double least, String expected) throws IOException {
        double value = number(key);
        if (!(value >= least)) {
            throw defect(key, expected, Double.toString(value));
        }
        return value;
    }

    private double number(String key) throws IOException {
        JsonToken token = json.peek();
        String text = token == JsonToken.NUMBER ? json.nextString() : token.toString();
        double value = token == JsonToken.NUMBER ? Double.parseDouble(text) : Double.NaN;
        if (!Double.isFinite(value)) {
            throw defect(key, "a finite number", text);
        }
        return value;
    }

    private double[] numbers(String key) throws IOException {
        DoubleStream.Builder numbers = DoubleStream.builder();
        json.beginArray();
        while (json.hasNext()) {
            numbers.add(number(key));
        }
        json.endArray();
        double[] all = numbers.build().toArray();
        if (all.length == 0) {
            throw defect(key, "a number for each class", "none");
        }
        return all;
    }

    private InputException defect(String key, String expected, String found) {
        return new InputException(file + ": " + key + ": expected " + expected + ", found " + OneLine.shortened(found));
    }

    private InputException defect(String expected, String found) {
        return new InputException(file + ": expected " + expected + ", found " + OneLine.shortened(found));
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage())
                .lines()
                .findFirst()
                .orElse("none")
                .replaceFirst("^Use JsonReader\\.\\S+ to accept ", "");
    }
}
