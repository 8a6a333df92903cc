package io.github.collapse4j.cli.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Svd;
import java.util.List;
import java.util.Map;

/** What the page of a verdict shows. */
public final class VerdictData {
    /** Maximum number of classes shown in three dimensions; more would hide each other. */
    private static final int MAX_CLASSES = 120;

    private static final int AXES = 3;

    private final JsonObject json = new JsonObject();
    private final JsonArray charts = new JsonArray();
    private final JsonArray figures = new JsonArray();

    /**
     * The head of the page.
     *
     * @param command such as {@code certify}
     * @param title the question that the page answers
     * @param subject what was judged
     * @param light green, amber, red or none
     */
    public VerdictData(
            String command, String title, String subject, String light, String sentence, List<String> reasons) {
        json.addProperty("version", Version.current());
        json.addProperty("kicker", "collapse4j " + command);
        json.addProperty("title", title);
        json.addProperty("subject", subject);
        json.addProperty("light", light);
        json.addProperty("advice", sentence);
        json.add("why", strings(reasons));
    }

    /**
     * Adds stacked bars.
     *
     * @param bars the shares of each bar by its name; they add up to 1
     */
    public VerdictData chart(
            String title, String caption, String unit, List<String> parts, Map<String, double[]> bars) {
        JsonArray all = new JsonArray();
        bars.forEach((name, shares) -> {
            JsonObject bar = new JsonObject();
            bar.addProperty("name", name);
            bar.add("shares", numbers(shares));
            all.add(bar);
        });
        JsonObject chart = new JsonObject();
        chart.addProperty("title", title);
        chart.addProperty("caption", caption);
        chart.addProperty("unit", unit);
        chart.add("parts", strings(parts));
        chart.add("bars", all);
        charts.add(chart);
        return this;
    }

    /** Adds a table with a sentence above it, which may be empty. */
    public VerdictData figures(String title, String text, List<String> columns, Table table) {
        JsonArray rows = new JsonArray();
        table.rows().forEach(row -> rows.add(strings(row)));
        JsonObject figure = new JsonObject();
        figure.addProperty("title", title);
        figure.addProperty("text", text.isEmpty() ? null : text);
        figure.add("columns", strings(columns));
        figure.add("rows", rows);
        figures.add(figure);
        return this;
    }

    /**
     * Adds class means and rows of W on the three leading axes of the class means, unless there are too many classes.
     *
     * @param classMeans {@code d×K}
     * @param classifier {@code K×d}
     */
    public VerdictData geometry(Matrix classMeans, Matrix classifier, List<Integer> names) {
        int classes = classMeans.columns();
        if (classes > MAX_CLASSES || classMeans.norm() == 0 || !Double.isFinite(classMeans.norm())) {
            return this;
        }
        Matrix means = centred(classMeans);
        Matrix rows = centred(classifier.transpose());
        Svd svd = LinearAlgebra.svd(means);
        int axes = Math.min(AXES, svd.values().length);
        Matrix frame = Matrix.zeros(means.rows(), axes);
        System.arraycopy(svd.u().data(), 0, frame.data(), 0, frame.data().length);
        double kept = 0;
        for (int a = 0; a < axes; a++) {
            kept += svd.values()[a] * svd.values()[a];
        }
        double scale = rows.norm() == 0 ? 0 : means.norm() / rows.norm();
        JsonObject geometry = new JsonObject();
        geometry.add("means", points(LinearAlgebra.multiply(frame, Op.TRANSPOSE, means, Op.NONE)));
        geometry.add("rows", points(LinearAlgebra.multiply(frame, Op.TRANSPOSE, rows.scale(scale), Op.NONE)));
        JsonArray labels = new JsonArray();
        names.forEach(labels::add);
        geometry.add("classes", labels);
        double total = means.norm() * means.norm();
        geometry.addProperty("explained", total == 0 ? 1 : Math.min(1, kept / total));
        addWidestAngle(geometry, means, rows, names);
        json.add("geometry", geometry);
        return this;
    }

    /** Adds how far a class mean and its row are apart at most, and of which class, where neither is zero. */
    private static void addWidestAngle(JsonObject geometry, Matrix means, Matrix rows, List<Integer> names) {
        double smallest = Double.POSITIVE_INFINITY;
        for (int k = 0; k < means.columns(); k++) {
            Matrix mean = Matrix.wrap(means.rows(), 1, means.column(k));
            Matrix row = Matrix.wrap(rows.rows(), 1, rows.column(k));
            double cosine = mean.dot(row) / (mean.norm() * row.norm());
            if (cosine < smallest) {
                smallest = cosine;
                geometry.addProperty("widestAngle", Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, cosine)))));
                geometry.addProperty("widestAngleOf", names.get(k));
            }
        }
    }

    /** Adds the meanings of terms. */
    public VerdictData terms(Map<String, String> meanings) {
        JsonObject terms = new JsonObject();
        meanings.forEach(terms::addProperty);
        json.add("terms", terms);
        return this;
    }

    public JsonObject json() {
        json.add("charts", charts);
        json.add("figures", figures);
        return json;
    }

    private static Matrix centred(Matrix columns) {
        Matrix centred = columns.copy();
        int n = columns.columns();
        for (int a = 0; a < columns.rows(); a++) {
            double mean = 0;
            for (int k = 0; k < n; k++) {
                mean += columns.get(a, k) / n;
            }
            for (int k = 0; k < n; k++) {
                centred.set(a, k, columns.get(a, k) - mean);
            }
        }
        return centred;
    }

    /** Columns as points of three coordinates. */
    private static JsonArray points(Matrix columns) {
        JsonArray points = new JsonArray();
        for (int k = 0; k < columns.columns(); k++) {
            double[] point = new double[AXES];
            System.arraycopy(columns.data(), k * columns.rows(), point, 0, columns.rows());
            points.add(numbers(point));
        }
        return points;
    }

    private static JsonArray numbers(double[] values) {
        JsonArray array = new JsonArray();
        for (double value : values) {
            array.add(value);
        }
        return array;
    }

    private static JsonArray strings(List<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }
}
