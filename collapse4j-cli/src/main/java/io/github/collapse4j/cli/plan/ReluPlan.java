package io.github.collapse4j.cli.plan;

import static io.github.collapse4j.cli.option.JsonOption.number;
import static io.github.collapse4j.cli.text.Paragraph.line;
import static io.github.collapse4j.cli.text.Table.format;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.cli.text.BiasText;
import io.github.collapse4j.cli.text.Paragraph;
import io.github.collapse4j.cli.text.Table;
import io.github.collapse4j.cli.text.Version;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.FeatureDomain;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.nonnegative.ReluBoundaries;
import io.github.collapse4j.nonnegative.ReluOutlook;
import io.github.collapse4j.plan.CoarseCounts;
import io.github.collapse4j.solve.ClassGroups;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A plan for features behind a ReLU, where classes die instead of merging: as text, and as JSON of the same shape as that
 * of {@link Plan}.
 */
record ReluPlan(
        UfmProblem problem,
        CoarseCounts coarse,
        ClassCounts given,
        ReluOutlook outlook,
        ReluBoundaries boundaries,
        double seconds) {
    private static final int STEPS = 12;
    /** The scan begins here, relative to the μ at which all classes are dead, or at half of the smallest one. */
    private static final double LOWEST = 1e-3;
    /** The scan ends just beyond that μ, where round-off leaves no doubt. */
    private static final double BEYOND = 1 + 1e-9;
    /** Largest gap at which the optimum counts as that of one unit for each class. */
    private static final double TIGHT = 1e-8;

    static ReluPlan of(UfmProblem problem, CoarseCounts coarse, ClassCounts given, MuOptions options) {
        long start = System.nanoTime();
        MuOptions.Range range = options.range().orElseGet(() -> everything(problem));
        ReluOutlook outlook = ReluOutlook.of(problem);
        ReluBoundaries boundaries = ReluBoundaries.scan(problem, range.from(), range.to(), STEPS);
        return new ReluPlan(problem, coarse, given, outlook, boundaries, (System.nanoTime() - start) / 1e9);
    }

    private static MuOptions.Range everything(UfmProblem problem) {
        double vanishing = ReluBoundaries.vanishing(problem);
        return vanishing > 0
                ? new MuOptions.Range(Math.min(LOWEST * vanishing, problem.mu() / 2), BEYOND * vanishing)
                : new MuOptions.Range(problem.mu() / 2, problem.mu());
    }

    private enum Fate {
        APART("predicted", "■"),
        OUTSCORED("outscored", "▒"),
        DEAD("dead", "·");

        private final String word;
        private final String symbol;

        Fate(String word, String symbol) {
            this.word = word;
            this.symbol = symbol;
        }

        static Fate of(ReluOutlook outlook, int group) {
            return !outlook.survives(group) ? DEAD : outlook.margin(group) > 0 ? APART : OUTSCORED;
        }
    }

    private static int classes(ReluOutlook outlook, Fate fate) {
        return IntStream.range(0, outlook.groups().groups())
                .filter(g -> Fate.of(outlook, g) == fate)
                .map(g -> outlook.groups().sizes()[g])
                .sum();
    }

    private int classes() {
        return given.classes();
    }

    private String headline() {
        int dead = classes(outlook, Fate.DEAD);
        int outscored = classes(outlook, Fate.OUTSCORED);
        String needs = format(
                " at the %s behind a ReLU, which needs d = %,d.",
                outlook.relativeGap() <= TIGHT ? "optimum" : "best layer with one unit per class", outlook.dimension());
        if (dead + outscored == 0) {
            return "All classes are predicted" + needs;
        }
        String fates = (dead > 0 ? format("%,d dead: their features are zero", dead) : "")
                + (dead > 0 && outscored > 0 ? ", " : "")
                + (outscored > 0 ? format("%,d outscored by another class", outscored) : "");
        return format(
                        "%,d of %,d classes %s lost (%s)",
                        dead + outscored, classes(), dead + outscored == 1 ? "is" : "are", fates)
                + needs;
    }

    private String boundary() {
        OptionalDouble[] from = boundaries.deadFrom();
        OptionalInt first = IntStream.range(0, from.length)
                .filter(g -> from[g].isPresent())
                .reduce((g, other) -> from[other].getAsDouble() < from[g].getAsDouble() ? other : g);
        if (first.isEmpty()) {
            return "No class dies within the range of μ that was scanned.";
        }
        double mu = from[first.getAsInt()].getAsDouble();
        return format(
                "The first to die: classes of %,.0f samples, from μ = %s on, %.3g times the μ here.",
                outlook.groups().counts()[first.getAsInt()], Table.number(mu), mu / problem.mu());
    }

    private String advice() {
        String width = "No width excludes that training loses classes that the optimum keeps: at d = K leave the last"
                + " ReLU out, or take d ≥ 2K with it.";
        return classes(outlook, Fate.DEAD) == 0
                ? width
                : "Less weight decay keeps these classes, and so does leaving the last ReLU out where plan without"
                        + " --features predicts them. "
                        + width;
    }

    String text(String title) {
        StringBuilder text = new StringBuilder();
        line(text, "What the last layer will strive for behind a ReLU, " + title);
        line(
                text,
                format(
                        "  K = %,d, N = %,d, μ = %s, %s",
                        classes(), given.samples(), Table.number(problem.mu()), BiasText.of(problem.bias())));
        if (coarse.ratio() > 1) {
            line(text, PlanReport.coarse(coarse, outlook.groups().groups()));
        }
        line(text, "");
        Paragraph.append(text, headline());
        Paragraph.append(text, boundary());
        Paragraph.append(text, advice());
        line(text, "");
        ClassGroups groups = outlook.groups();
        Table table = new Table("  ").row("classes", "samples", "margin", "dead from μ", "here");
        for (int g = 0; g < groups.groups(); g++) {
            table.row(
                    format("%,d", groups.sizes()[g]),
                    format("%,.0f", groups.counts()[g]),
                    format("%.4f", outlook.margin(g)),
                    Table.number(boundaries.deadFrom()[g].orElse(Double.NaN)),
                    Fate.of(outlook, g).word);
        }
        text.append(table).append(System.lineSeparator());
        Table phases = new Table("  ").row("μ", "d", "predicted", "outscored", "dead", "fates by group");
        for (ReluBoundaries.Step step : boundaries.scan()) {
            ReluOutlook at = step.outlook();
            phases.row(
                    format("%.3g", step.mu()),
                    format("%,d", at.dimension()),
                    format("%,d", classes(at, Fate.APART)),
                    format("%,d", classes(at, Fate.OUTSCORED)),
                    format("%,d", classes(at, Fate.DEAD)),
                    IntStream.range(0, groups.groups())
                            .mapToObj(g -> Fate.of(at, g).symbol)
                            .collect(Collectors.joining()));
        }
        text.append(phases);
        Paragraph.append(text, certainty());
        return text.toString();
    }

    private String certainty() {
        double gap = largestGap();
        String all = format("From μ = %s on all classes are dead. ", Table.number(boundaries.vanishing()));
        return gap <= TIGHT
                ? all + format("Optima above are certified to a relative gap of %.0e; %.3g s.", gap, seconds)
                : all
                        + format(
                                "All this is for one unit per class. Classes may gain by sharing units: no optimum is more than"
                                        + " %.2g %% lower, and solve --features nonnegative finds it where classes are few or of few"
                                        + " different counts; %.3g s.",
                                100 * gap, seconds);
    }

    private double largestGap() {
        return Math.max(
                outlook.relativeGap(),
                boundaries.scan().stream()
                        .mapToDouble(step -> step.outlook().relativeGap())
                        .max()
                        .orElseThrow());
    }

    JsonObject json(StatedLoss loss, String command) {
        JsonObject json = new JsonObject();
        json.addProperty("version", Version.current());
        json.addProperty("command", command);
        json.addProperty("domain", FeatureDomain.NONNEGATIVE.toString());
        loss.addTo(json);
        json.addProperty("lossInWords", loss.title() + ", behind a ReLU");
        JsonObject verdict = new JsonObject();
        verdict.addProperty("allPredicted", classes(outlook, Fate.APART) == classes());
        verdict.addProperty("headline", headline());
        verdict.addProperty("boundary", boundary());
        verdict.addProperty("advice", advice());
        json.add("verdict", verdict);
        json.addProperty("classes", classes());
        json.addProperty("samples", given.samples());
        json.add("mu", number(problem.mu()));
        Bias bias = problem.bias();
        json.add("lambdaB", bias instanceof Bias.None ? JsonNull.INSTANCE : number(bias.lambda()));
        json.add("countsMergedWithin", number(coarse.ratio()));
        json.add("vanishingMu", number(boundaries.vanishing()));
        json.add("optimum", optimum(outlook));
        json.add("groups", PlanJson.members(outlook.groups()));
        json.add("deadFromMu", PlanJson.ends(boundaries.deadFrom()));
        JsonArray scan = new JsonArray();
        for (ReluBoundaries.Step step : boundaries.scan()) {
            JsonObject one = new JsonObject();
            one.add("mu", number(step.mu()));
            one.add("optimum", optimum(step.outlook()));
            scan.add(one);
        }
        json.add("scan", scan);
        return json;
    }

    private static JsonObject optimum(ReluOutlook outlook) {
        JsonObject json =
                PlanJson.optimum(outlook.dimension(), outlook.objective(), outlook.lowerBound(), outlook.relativeGap());
        JsonArray array = new JsonArray();
        for (int g = 0; g < outlook.groups().groups(); g++) {
            array.add(PlanJson.group(outlook.groups(), g, outlook.margin(g), Fate.of(outlook, g)));
        }
        json.add("groups", array);
        return json;
    }
}
