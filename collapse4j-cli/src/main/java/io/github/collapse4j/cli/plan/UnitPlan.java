package io.github.collapse4j.cli.plan;

import static io.github.collapse4j.cli.option.JsonOption.number;
import static io.github.collapse4j.cli.text.Paragraph.line;
import static io.github.collapse4j.cli.text.Table.format;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.collapse4j.cli.text.Paragraph;
import io.github.collapse4j.cli.text.Table;
import io.github.collapse4j.cli.text.Version;
import io.github.collapse4j.cosine.CosineProblem;
import io.github.collapse4j.cosine.CosineSolution;
import io.github.collapse4j.cosine.CosineSolver;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.FeatureDomain;
import io.github.collapse4j.solve.ClassGroups;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A plan for a cosine head, where the temperature takes the place of μ: as text, and as JSON of the same shape as that of
 * {@link Plan}.
 *
 * @param optima at ascending temperatures, the stated one in the middle
 */
record UnitPlan(ClassGroups groups, CosineSolution[] optima, double seconds) {
    private static final double[] FACTORS = {0.25, 0.5, 1, 2, 4};
    /** How far a cosine may be from 1 where rows are one. */
    private static final double MERGED = 1e-8;

    /** The fate of the classes of a group. */
    private enum Fate {
        APART("predicted"),
        OUTSCORED("outscored"),
        MERGED("merged");

        private final String word;

        Fate(String word) {
            this.word = word;
        }
    }

    static UnitPlan of(CosineProblem problem) {
        long start = System.nanoTime();
        CosineSolution[] optima = DoubleStream.of(FACTORS)
                .mapToObj(factor -> new CosineSolver(CosineSolver.Options.defaults())
                        .solve(CosineProblem.ofClasses(
                                problem.counts(),
                                problem.featureDimension(),
                                factor * problem.temperature(),
                                problem.margins()[0])))
                .toArray(CosineSolution[]::new);
        return new UnitPlan(ClassGroups.of(problem.counts()), optima, (System.nanoTime() - start) / 1e9);
    }

    private CosineSolution here() {
        return optima[FACTORS.length / 2];
    }

    private int firstOf(int group) {
        return IntStream.range(0, groups.classes())
                .filter(k -> groups.groupOf()[k] == group)
                .findFirst()
                .orElseThrow();
    }

    /** The own logit of a class less its highest other, without the margin of the training. */
    private static double margin(CosineSolution optimum, int k) {
        Matrix rows = optimum.point().classifier();
        double[] feature = optimum.point().features().column(k);
        double highest = IntStream.range(0, rows.columns())
                .filter(j -> j != k)
                .mapToDouble(j -> Vectors.dot(rows.column(j), feature))
                .max()
                .orElseThrow();
        return optimum.problem().temperature() * (Vectors.dot(rows.column(k), feature) - highest);
    }

    private static double cosine(CosineSolution optimum, int j, int k) {
        Matrix rows = optimum.point().classifier();
        return Math.max(-1, Math.min(1, Vectors.dot(rows.column(j), rows.column(k))));
    }

    private Fate fate(CosineSolution optimum, int k) {
        boolean merged =
                IntStream.range(0, groups.classes()).anyMatch(j -> j != k && cosine(optimum, j, k) >= 1 - MERGED);
        return merged ? Fate.MERGED : margin(optimum, k) > 0 ? Fate.APART : Fate.OUTSCORED;
    }

    private int classes(CosineSolution optimum, Fate fate) {
        return IntStream.range(0, groups.groups())
                .filter(g -> fate(optimum, firstOf(g)) == fate)
                .map(g -> groups.sizes()[g])
                .sum();
    }

    private double smallestMargin(CosineSolution optimum) {
        return IntStream.range(0, groups.groups())
                .mapToDouble(g -> margin(optimum, firstOf(g)))
                .min()
                .orElseThrow();
    }

    private String headline() {
        int lost = groups.classes() - classes(here(), Fate.APART);
        String needs = format(
                " at the optimum of a cosine head at temperature %s, which needs d = %,d.",
                Table.number(here().problem().temperature()), here().rank());
        return (lost == 0
                        ? "All classes are predicted"
                        : format("%,d of %,d classes %s lost", lost, groups.classes(), lost == 1 ? "is" : "are"))
                + needs;
    }

    private String advice() {
        return format(
                "From d = K = %,d on, training cannot get stuck in a worse layer; d = K − 1 holds the optimum, but a rare class"
                        + " may be wedged between others there.",
                groups.classes());
    }

    String text() {
        CosineProblem problem = here().problem();
        StringBuilder text = new StringBuilder();
        line(text, "What a cosine head will strive for, cross-entropy");
        line(
                text,
                format(
                        "  K = %,d, N = %,d, temperature %s, margin %s",
                        groups.classes(),
                        problem.counts().samples(),
                        Table.number(problem.temperature()),
                        Table.number(problem.margins()[0])));
        line(text, "");
        Paragraph.append(text, headline());
        Paragraph.append(text, advice());
        line(text, "");
        Table table = new Table("  ").row("classes", "samples", "margin", "angle to frequent", "here");
        for (int g = 0; g < groups.groups(); g++) {
            int k = firstOf(g);
            table.row(
                    format("%,d", groups.sizes()[g]),
                    format("%,.0f", groups.counts()[g]),
                    format("%.4f", margin(here(), k)),
                    g == 0 ? "–" : format("%.2f°", angle(here(), k, firstOf(0))),
                    fate(here(), k).word);
        }
        text.append(table).append(System.lineSeparator());
        Table scan = new Table("  ").row("temperature", "d", "predicted", "outscored", "merged", "smallest margin");
        for (CosineSolution optimum : optima) {
            scan.row(
                    Table.number(optimum.problem().temperature()),
                    format("%,d", optimum.rank()),
                    format("%,d", classes(optimum, Fate.APART)),
                    format("%,d", classes(optimum, Fate.OUTSCORED)),
                    format("%,d", classes(optimum, Fate.MERGED)),
                    format("%.4f", smallestMargin(optimum)));
        }
        text.append(scan);
        double gap = Arrays.stream(optima)
                .mapToDouble(CosineSolution::relativeGap)
                .max()
                .orElseThrow();
        Paragraph.append(text, format("Optima above are certified to a relative gap of %.0e; %.3g s.", gap, seconds));
        return text.toString();
    }

    private static double angle(CosineSolution optimum, int j, int k) {
        return Math.toDegrees(Math.acos(cosine(optimum, j, k)));
    }

    JsonObject json(String command) {
        CosineProblem problem = here().problem();
        JsonObject json = new JsonObject();
        json.addProperty("version", Version.current());
        json.addProperty("command", command);
        json.addProperty("domain", FeatureDomain.UNIT.toString());
        json.addProperty("loss", "ce");
        json.addProperty("lossInWords", "cross-entropy of a cosine head");
        JsonObject verdict = new JsonObject();
        verdict.addProperty("allPredicted", classes(here(), Fate.APART) == groups.classes());
        verdict.addProperty("headline", headline());
        verdict.addProperty("advice", advice());
        json.add("verdict", verdict);
        json.addProperty("classes", groups.classes());
        json.addProperty("samples", problem.counts().samples());
        json.add("temperature", number(problem.temperature()));
        json.add("margin", number(problem.margins()[0]));
        json.add("lambdaB", JsonNull.INSTANCE);
        json.add("optimum", optimum(here()));
        json.add("groups", PlanJson.members(groups));
        JsonArray scan = new JsonArray();
        for (CosineSolution optimum : optima) {
            JsonObject one = new JsonObject();
            one.add("temperature", number(optimum.problem().temperature()));
            one.add("optimum", optimum(optimum));
            scan.add(one);
        }
        json.add("scan", scan);
        return json;
    }

    private JsonObject optimum(CosineSolution optimum) {
        JsonObject json =
                PlanJson.optimum(optimum.rank(), optimum.objective(), optimum.lowerBound(), optimum.relativeGap());
        JsonArray array = new JsonArray();
        for (int g = 0; g < groups.groups(); g++) {
            int k = firstOf(g);
            JsonObject group = PlanJson.group(groups, g, margin(optimum, k), fate(optimum, k));
            if (g > 0) {
                group.add("angleToMostFrequent", number(angle(optimum, k, firstOf(0))));
            }
            array.add(group);
        }
        json.add("groups", array);
        return json;
    }
}
