package io.github.collapse4j.cli.measure;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.measure.CollapseMeasurement;
import io.github.collapse4j.measure.ProjectedSamples;
import io.github.collapse4j.metrics.MeansView;
import java.util.Arrays;
import java.util.List;

/** Data needed only for plots: cosines of all pairs, and means and samples on three axes. */
final class MeasureFigures {
    private static final int MAX_COSINES = 100;
    static final int MAX_SAMPLES = 2_000;
    /** Minimum number of samples per checkpoint of a long series. */
    private static final int MIN_SAMPLES = 200;

    private static final int AXES = 3;

    private MeasureFigures() {}

    /** Adds the data to the result and to each checkpoint of its series. */
    static void addTo(JsonObject json, List<Measured> results) {
        JsonArray series = json.getAsJsonArray("series");
        int samples = Math.max(MIN_SAMPLES, MAX_SAMPLES / results.size());
        for (int i = 0; series != null && i < results.size(); i++) {
            addTo(series.get(i).getAsJsonObject(), results.get(i), samples);
        }
        if (series == null) {
            addTo(json, results.get(0), MAX_SAMPLES);
        }
    }

    private static void addTo(JsonObject json, Measured measured, int samples) {
        CollapseMeasurement measurement = measured.measurement();
        addCosines(json, measurement);
        MeansView.of(measurement.centred(), AXES)
                .filter(view -> view.axes().columns() > 1)
                .ifPresent(view -> json.add("projection", projection(view, measured, samples)));
    }

    private static void addCosines(JsonObject json, CollapseMeasurement measurement) {
        int classes = Math.min(MAX_COSINES, measurement.centred().count());
        JsonArray labels = new JsonArray();
        Arrays.stream(measurement.centred().classes()).limit(classes).forEach(labels::add);
        JsonObject cosines = new JsonObject();
        cosines.add("classes", labels);
        cosines.add("values", columns(measurement.centred().cosines(classes)));
        json.add("cosines", cosines);
    }

    private static JsonObject projection(MeansView view, Measured measured, int most) {
        JsonObject projection = new JsonObject();
        projection.addProperty("dimensions", view.axes().columns());
        projection.add("explained", JsonOption.number(view.explained()));
        JsonArray classes = new JsonArray();
        for (int label : measured.measurement().centred().classes()) {
            classes.add(label);
        }
        projection.add("classes", classes);
        projection.add("means", columns(view.means()));
        view.simplex().ifPresent(simplex -> projection.add("simplex", columns(simplex)));
        if (measured.features().samples().isRereadable()) {
            ProjectedSamples some = ProjectedSamples.of(
                    measured.features().samples(),
                    measured.features()
                            .samples()
                            .samples()
                            .orElse(measured.measurement().moments().samples()),
                    most,
                    measured.measurement().centred().globalMean(),
                    view.axes());
            JsonObject samples = new JsonObject();
            JsonArray labels = new JsonArray();
            some.labels().forEach(labels::add);
            JsonArray points = new JsonArray();
            some.points().forEach(point -> points.add(JsonOption.numbers(point)));
            samples.add("labels", labels);
            samples.add("points", points);
            projection.add("samples", samples);
        }
        return projection;
    }

    private static JsonArray columns(Matrix matrix) {
        JsonArray columns = new JsonArray();
        for (int k = 0; k < matrix.columns(); k++) {
            columns.add(JsonOption.numbers(matrix.column(k)));
        }
        return columns;
    }
}
