package io.github.collapse4j.cli.measure;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.metrics.NearestClasses.Neighbour;
import io.github.collapse4j.stats.Decisions;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Per-class figures. */
final class ClassDetails {
    private final Measured measured;
    private final double[] meanNorms;
    private final Optional<double[]> weightNorms;

    ClassDetails(Measured measured) {
        this.measured = measured;
        this.meanNorms = measured.measurement().centred().norms();
        this.weightNorms = measured.features()
                .classifier()
                .map(classifier -> classifier.weights().rowNorms());
    }

    /** The class at a position among those with samples. */
    int label(int position) {
        return measured.measurement().centred().classes()[position];
    }

    long samples(int position) {
        return measured.measurement().moments().counts()[label(position)];
    }

    double variance(int position) {
        return measured.measurement().variances()[label(position)];
    }

    double meanNorm(int position) {
        return meanNorms[position];
    }

    /** The class whose mean has the smallest angle to this one's. */
    Optional<Neighbour> nearest(int position) {
        return measured.nearest().flatMap(found -> found.neighbours().get(position));
    }

    OptionalDouble accuracyLinear(int position) {
        return share(position, Decisions::linear);
    }

    OptionalDouble accuracyNearestMean(int position) {
        return share(position, Decisions::nearestMean);
    }

    private OptionalDouble share(int position, Function<Decisions, Optional<double[]>> part) {
        Optional<Decisions> decisions = measured.measurement().decisions();
        Optional<double[]> right = decisions.flatMap(part);
        int k = label(position);
        return right.isPresent()
                ? OptionalDouble.of(right.get()[k] / decisions.orElseThrow().totals()[k])
                : OptionalDouble.empty();
    }

    private OptionalDouble weightNorm(int position) {
        return weightNorms.isPresent() ? OptionalDouble.of(weightNorms.get()[label(position)]) : OptionalDouble.empty();
    }

    JsonObject json(int position) {
        JsonObject json = new JsonObject();
        json.addProperty("class", label(position));
        json.addProperty("samples", samples(position));
        json.add("variance", JsonOption.number(variance(position)));
        json.add("meanNorm", JsonOption.number(meanNorm(position)));
        json.add("weightNorm", JsonOption.number(weightNorm(position)));
        json.add("accuracyLinear", JsonOption.number(accuracyLinear(position)));
        json.add("accuracyNearestMean", JsonOption.number(accuracyNearestMean(position)));
        Optional<Neighbour> other = nearest(position);
        json.add(
                "nearestClass",
                other.<JsonElement>map(neighbour -> new JsonPrimitive(label(neighbour.position())))
                        .orElse(JsonNull.INSTANCE));
        json.add(
                "nearestCosine",
                other.map(neighbour -> JsonOption.number(neighbour.cosine())).orElse(JsonNull.INSTANCE));
        return json;
    }
}
