package io.github.collapse4j.cli.measure;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.cli.text.Version;
import io.github.collapse4j.measure.CollapseMeasurement;
import io.github.collapse4j.measure.Metric;
import io.github.collapse4j.metrics.CentredMeans.GlobalMean;
import io.github.collapse4j.metrics.KernelMoments;
import io.github.collapse4j.stats.Decisions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Measurements as JSON: what could not be measured is null. */
final class MeasureJson {
    /** Maximum number of classes listed; with more, only the worst are. */
    private static final int MAX_CLASSES = 1000;

    private MeasureJson() {}

    /** One measurement, or a series with the keys of the last one at the top level. */
    static JsonObject of(List<Measured> results, String command) {
        JsonObject json = new JsonObject();
        json.addProperty("version", Version.current());
        json.addProperty("command", command);
        Measured last = results.get(results.size() - 1);
        addTo(json, last);
        if (results.size() > 1) {
            JsonArray series = new JsonArray();
            Optional<long[]> epochs =
                    Epochs.of(results.stream().map(r -> r.features().name()).toList());
            for (int i = 0; i < results.size(); i++) {
                JsonObject entry = new JsonObject();
                entry.addProperty("name", results.get(i).features().name());
                if (epochs.isPresent()) {
                    entry.addProperty("epoch", epochs.get()[i]);
                }
                addTo(entry, results.get(i));
                series.add(entry);
            }
            json.add("series", series);
        }
        return json;
    }

    private static void addTo(JsonObject json, Measured measured) {
        CollapseMeasurement m = measured.measurement();
        CollapseMeasurement.Provenance provenance = m.provenance();
        json.addProperty("classes", provenance.classes());
        json.addProperty("featureDimension", provenance.featureDimension());
        json.addProperty("samples", provenance.samples());
        json.add("emptyClasses", integers(provenance.missing()));
        json.add("singleSampleClasses", integers(provenance.singletons()));
        json.addProperty("globalMean", provenance.globalMean() == GlobalMean.OF_CLASS_MEANS ? "classes" : "samples");
        json.addProperty("passes", provenance.passes().passes());
        json.addProperty("passesReason", provenance.passes().reason());
        json.addProperty("betweenRank", provenance.betweenRank());
        JsonObject errors = new JsonObject();
        for (Metric row : Metric.of(m)) {
            if (!row.key().startsWith("gnc2")) {
                json.add(row.key(), JsonOption.number(row.value()));
            }
            if (!row.isExact()) {
                errors.add(row.key(), JsonOption.number(row.standardError()));
            }
        }
        json.add("gnc2Log", kernel(m.pairs().logKernel()));
        json.add("gnc2Riesz", kernel(m.pairs().rieszKernel()));
        // Natural logarithm of the unit of gnc2Riesz: far from 0 in high dimension, where the kernel underflows.
        json.add(
                "gnc2RieszLogUnit",
                JsonOption.number(
                        m.pairs().rieszKernel().map(KernelMoments::logScale).orElse(0.0)));
        json.add("standardErrors", errors);
        json.add("test", measured.onTest().map(MeasureJson::test).orElse(JsonNull.INSTANCE));
        addClasses(json, measured);
    }

    private static JsonElement test(Decisions decisions) {
        JsonObject test = new JsonObject();
        test.add("samples", JsonOption.number(Arrays.stream(decisions.totals()).sum()));
        test.add("accuracyLinear", JsonOption.number(decisions.accuracyLinear()));
        test.add("accuracyNearestMean", JsonOption.number(decisions.accuracyNearestMean()));
        test.add("nc4AgreementWithBias", JsonOption.number(decisions.agreementWithBias()));
        test.add("nc4AgreementNoBias", JsonOption.number(decisions.agreementNoBias()));
        return test;
    }

    private static void addClasses(JsonObject json, Measured measured) {
        int count = measured.measurement().centred().count();
        List<Integer> listed = count <= MAX_CLASSES
                ? measured.byVariance().stream().sorted().toList()
                : Stream.concat(
                                measured.byVariance().stream().limit(MAX_CLASSES / 2),
                                measured.byConfusion().stream().limit(MAX_CLASSES / 2))
                        .distinct()
                        .sorted()
                        .toList();
        ClassDetails details = new ClassDetails(measured);
        JsonArray classes = new JsonArray();
        listed.forEach(position -> classes.add(details.json(position)));
        json.add("perClass", classes);
        json.addProperty("perClassOf", count);
    }

    private static JsonElement kernel(Optional<KernelMoments> moments) {
        return moments.<JsonElement>map(k -> JsonOption.numbers(k.mean(), k.variance()))
                .orElse(JsonNull.INSTANCE);
    }

    private static JsonArray integers(int[] values) {
        JsonArray array = new JsonArray();
        Arrays.stream(values).forEach(array::add);
        return array;
    }
}
