package io.github.collapse4j.cli.measure;

import static io.github.collapse4j.cli.text.Paragraph.line;
import static io.github.collapse4j.cli.text.Table.format;
import static io.github.collapse4j.cli.text.Table.number;

import io.github.collapse4j.cli.text.Table;
import io.github.collapse4j.measure.CollapseMeasurement;
import io.github.collapse4j.measure.Metric;
import io.github.collapse4j.stats.Decisions;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Measurements as text.
 *
 * @param worst number of classes to list by variance and by confusion
 */
record MeasureReport(List<Measured> results, int worst) {
    private static final List<String> SERIES =
            List.of("nc1", "nc1Cdnv", "nc2Means", "nc2Weights", "nc3", "nc4AgreementWithBias", "accuracyLinear", "nc5");
    private static final int MAX_LISTED = 8;

    String text() {
        Measured last = results.get(results.size() - 1);
        StringBuilder text = new StringBuilder();
        if (results.size() > 1) {
            text.append(series()).append(System.lineSeparator());
        }
        line(text, "Neural collapse of " + last.features().name());
        provenance(text, last.measurement());
        line(text, "");
        text.append(metrics(last.measurement()));
        last.onTest().ifPresent(test -> text.append(test(test)));
        if (worst > 0) {
            text.append(classes(last, "Largest variance", last.byVariance()));
            text.append(classes(last, "Means closest to another class", last.byConfusion()));
        }
        return text.toString();
    }

    private static void provenance(StringBuilder text, CollapseMeasurement measurement) {
        CollapseMeasurement.Provenance p = measurement.provenance();
        line(text, format("  %,d samples, %,d classes, d = %,d", p.samples(), p.classes(), p.featureDimension()));
        line(
                text,
                "  " + (p.passes().passes() == 1 ? "one pass: " : "two passes: ")
                        + p.passes().reason());
        if (p.missing().length > 0) {
            line(text, "  no samples, left out of averages over classes: " + listed(p.missing()));
        }
        if (p.singletons().length > 0) {
            line(text, "  a single sample, so variance 0: " + listed(p.singletons()));
        }
        if (p.betweenRank() < p.expectedRank()) {
            line(
                    text,
                    format(
                            "  class means span %,d of %,d dimensions: the rest of Σ_B† is left out",
                            p.betweenRank(), p.expectedRank()));
        }
    }

    private static String listed(int[] classes) {
        String some = String.join(
                ", ",
                Arrays.stream(classes)
                        .limit(MAX_LISTED)
                        .mapToObj(Integer::toString)
                        .toList());
        return (classes.length == 1 ? "class " : format("%,d classes: ", classes.length))
                + some
                + (classes.length > MAX_LISTED ? ", …" : "");
    }

    private static Table metrics(CollapseMeasurement measurement) {
        Table table = new Table("  ").row("", "", "", "ideal", "");
        String group = "";
        for (Metric row : Metric.of(measurement)) {
            if (row.value().isEmpty()) {
                continue;
            }
            double value = row.value().getAsDouble();
            table.row(
                    row.group().equals(group) ? "" : row.group(),
                    row.name(),
                    isShare(row)
                            ? format("%.4f %%", 100 * value)
                            : number(value) + (row.isExact() ? "" : " ± " + number(row.standardError())),
                    ideal(row),
                    row.meaning() + (row.isExact() ? "" : " (estimated from some pairs)"));
            group = row.group();
        }
        return table;
    }

    private static boolean isShare(Metric row) {
        return row.group().equals("NC4");
    }

    private static String ideal(Metric row) {
        if (row.ideal().isEmpty()) {
            return "";
        }
        return isShare(row)
                ? format("%.0f %%", 100 * row.ideal().getAsDouble())
                : number(row.ideal().getAsDouble());
    }

    private static String test(Decisions test) {
        Table table = new Table("  ");
        row(table, "accuracy", test.accuracyLinear(), "of the classifier");
        row(table, "accuracy, means", test.accuracyNearestMean(), "of the nearest of the class means above");
        row(table, "agreement", test.agreementWithBias(), "both agree");
        return format(
                        "%n  On %,.0f test samples%n",
                        Arrays.stream(test.totals()).sum())
                + table;
    }

    private static void row(Table table, String name, OptionalDouble share, String meaning) {
        if (share.isPresent()) {
            table.row(name, format("%.4f %%", 100 * share.getAsDouble()), meaning);
        }
    }

    private String classes(Measured measured, String title, List<Integer> order) {
        if (order.isEmpty()) {
            return "";
        }
        ClassDetails details = new ClassDetails(measured);
        Table table = new Table("  ")
                .row("class", "samples", "variance", "‖μ_k − μ_G‖", "nearest class", "cosine", "accuracy");
        for (int position : order.subList(0, Math.min(worst, order.size()))) {
            OptionalDouble accuracy = details.accuracyLinear(position).isPresent()
                    ? details.accuracyLinear(position)
                    : details.accuracyNearestMean(position);
            table.row(
                    Integer.toString(details.label(position)),
                    format("%,d", details.samples(position)),
                    number(details.variance(position)),
                    number(details.meanNorm(position)),
                    details.nearest(position)
                            .map(other -> String.valueOf(details.label(other.position())))
                            .orElse("–"),
                    details.nearest(position)
                            .map(other -> number(other.cosine()))
                            .orElse("–"),
                    accuracy.isPresent() ? format("%.2f %%", 100 * accuracy.getAsDouble()) : "–");
        }
        return format("%n  %s%n", title) + table;
    }

    private Table series() {
        List<Metric> heads = Metric.of(results.get(results.size() - 1).measurement()).stream()
                .filter(row -> SERIES.contains(row.key()) && row.value().isPresent())
                .toList();
        Table table = new Table("  ");
        table.row(cells("", heads.stream().map(Metric::key).toList()));
        for (Measured result : results) {
            List<Metric> rows = Metric.of(result.measurement());
            table.row(cells(
                    result.features().name(),
                    heads.stream()
                            .map(head -> rows.stream()
                                    .filter(row -> row.key().equals(head.key())
                                            && row.value().isPresent())
                                    .map(row -> number(row.value().getAsDouble()))
                                    .findFirst()
                                    .orElse("–"))
                            .toList()));
        }
        return table;
    }

    private static String[] cells(String first, List<String> rest) {
        String[] cells = new String[rest.size() + 1];
        cells[0] = first;
        for (int i = 0; i < rest.size(); i++) {
            cells[i + 1] = rest.get(i);
        }
        return cells;
    }
}
