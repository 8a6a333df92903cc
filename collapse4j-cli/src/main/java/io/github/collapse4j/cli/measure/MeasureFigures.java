package io.github.collapse4j.cli.measure;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.measure.CollapseMeasurement;
import io.github.collapse4j.measure.ProjectedSamples;
import io.github.collapse4j.metrics.MeansView;
import java.util.List;

/** What only pictures need: cosines of all pairs, and means and samples on three axes. */
final class MeasureFigures {
    private static final int MOST_COSINES = 100;
    static final int MOST_SAMPLES = 2_000;
    /** Of each checkpoint of a long series. */
    private static final int LEAST_SAMPLES = 200;

    private static final int AXES = 3;

    private MeasureFigures() {}

    /** Adds them to the result and to each checkpoint of its series. */
    static void addTo(JsonObject json, List<Measured> results) {
        JsonArray series = json.getAsJsonArray("series");
        int samples = Math.max(LEAST_SAMPLES, MOST_SAMPLES / results.size());
        for (int i = 0; series != null && i < results.size(); i++) {
            addTo(series.get(i).getAsJsonObject(), results.get(i), samples);
        }
        if (series == null) {
            addTo(json, results.get(0), MOST_SAMPLES);
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
        double[] norms = measurement.centred().norms();
        int classes = Math.min(MOST_COSINES, norms.length);
        Matrix m = measurement.centred().centred();
        Matrix gram = LinearAlgebra.multiply(m, Op.TRANSPOSE, m, Op.NONE);
        JsonArray labels = new JsonArray();
        JsonArray rows = new JsonArray();
        for (int k = 0; k < classes; k++) {
            labels.add(measurement.centred().classes()[k]);
            double[] row = new double[classes];
            for (int l = 0; l < classes; l++) {
                row[l] = k == l ? 1 : gram.get(k, l) / (norms[k] * norms[l]);
            }
            rows.add(JsonOption.numbers(row));
        }
        JsonObject cosines = new JsonObject();
        cosines.add("classes", labels);
        cosines.add("values", rows);
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
        if (measured.checkpoint().samples().isRereadable()) {
            ProjectedSamples some = ProjectedSamples.of(
                    measured.checkpoint().samples(),
                    measured.checkpoint()
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
