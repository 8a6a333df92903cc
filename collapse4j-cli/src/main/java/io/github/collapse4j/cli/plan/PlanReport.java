package io.github.collapse4j.cli.plan;

import static io.github.collapse4j.cli.text.Paragraph.line;
import static io.github.collapse4j.cli.text.Table.format;

import io.github.collapse4j.cli.text.BiasText;
import io.github.collapse4j.cli.text.Paragraph;
import io.github.collapse4j.cli.text.Table;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.plan.Boundaries;
import io.github.collapse4j.plan.CoarseCounts;
import io.github.collapse4j.plan.EqualMargins;
import io.github.collapse4j.plan.Outlook;
import io.github.collapse4j.plan.Outlook.Fate;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A plan as text of one screen. */
record PlanReport(Plan plan, String title, ClassCounts given, double seconds) {
    String text() {
        StringBuilder text = new StringBuilder();
        long[] sorted = Arrays.stream(given.toArray()).sorted().toArray();
        line(text, "What the last layer will strive for, " + title);
        line(
                text,
                format(
                        "  K = %,d, N = %,d, %s per class, μ = %s, %s",
                        given.classes(),
                        given.samples(),
                        samples(sorted[sorted.length - 1], sorted[0]),
                        number(plan.setting().mu()),
                        BiasText.of(plan.setting().bias())));
        if (plan.coarse().ratio() > 1) {
            line(text, coarse(plan.coarse(), plan.outlook().groups()));
        }
        line(text, "");
        PlanVerdict verdict = PlanVerdict.of(plan);
        Paragraph.append(text, verdict.headline());
        Paragraph.append(text, verdict.boundary());
        Paragraph.append(text, verdict.advice());
        line(text, "");
        text.append(groups()).append(System.lineSeparator());
        text.append(alternatives()).append(System.lineSeparator());
        Paragraph.append(text, weights());
        Paragraph.append(text, adjustment());
        line(text, "");
        text.append(phases());
        Paragraph.append(
                text,
                format(
                        "From μ = %s on everything vanishes. Optima above are certified to a relative gap of %.0e; %.3g s.",
                        number(plan.boundaries().vanishing()), plan.largestGap(), seconds));
        return text.toString();
    }

    private static String samples(long most, long least) {
        return most > least
                ? format("%,d to %,d samples", most, least)
                : format("%,d sample%s", most, most == 1 ? "" : "s");
    }

    private Table groups() {
        Outlook outlook = plan.outlook();
        double[] margins = outlook.margins();
        Fate[] fates = outlook.fates();
        Table table = new Table("  ")
                .row("classes", "samples", "margin", "angle to frequent", "predicted below μ", "merged from μ", "here");
        for (int g = 0; g < outlook.groups(); g++) {
            table.row(
                    format("%,d", outlook.twin().groups().sizes()[g]),
                    format("%,.0f", outlook.twin().groups().counts()[g]),
                    format("%.4f", margins[g]),
                    angle(outlook.angle(g, 0)),
                    number(plan.boundaries().predictedBelow()[g]),
                    mergedFrom(g),
                    word(fates[g]));
        }
        return table;
    }

    /** With as many digits as it has: those of a formula, or of a bisection. */
    private String mergedFrom(int group) {
        OptionalDouble from = plan.boundaries().mergedFrom()[group];
        return from.isPresent() && plan.outlook().criticalMu(group).isEmpty()
                ? format("≈ %.3g", from.getAsDouble())
                : number(from);
    }

    private static String word(Fate fate) {
        return switch (fate) {
            case APART -> "predicted";
            case OUTSCORED -> "outscored";
            case MERGED -> "merged";
            case VANISHED -> "vanished";
        };
    }

    private Table alternatives() {
        Table table = new Table("  ")
                .row(
                        "loss",
                        "d",
                        "predicted",
                        "merged",
                        "margin: frequent",
                        "rarest",
                        "angles: frequent",
                        "mixed",
                        "rarest");
        plan.alternatives().forEach(alternative -> row(table, alternative.name(), alternative.outlook()));
        if (plan.weights() instanceof EqualMargins.Found found) {
            row(table, "equalising weights", found.outlook());
        }
        if (plan.adjustment() instanceof EqualMargins.Found found) {
            row(table, "equalising adjustment", found.outlook());
        }
        return table;
    }

    private static void row(Table table, String name, Outlook outlook) {
        double[] margins = outlook.margins();
        int[] ends = ends(outlook);
        table.row(
                name,
                format("%,d", outlook.dimension()),
                format("%,d", outlook.classes(Fate.APART)),
                format("%,d", outlook.classes(Fate.MERGED) + outlook.classes(Fate.VANISHED)),
                format("%.4f", margins[ends[0]]),
                format("%.4f", margins[ends[1]]),
                angle(outlook.angle(ends[0], ends[0])),
                angle(outlook.angle(ends[0], ends[1])),
                angle(outlook.angle(ends[1], ends[1])));
    }

    /** The groups of the most frequent and the rarest classes. */
    private static int[] ends(Outlook outlook) {
        return new int[] {0, outlook.groups() - 1};
    }

    private String weights() {
        if (plan.weights() instanceof EqualMargins.Found found) {
            double[] weights = found.loss().classWeights().orElseThrow();
            int[] groupOf = found.outlook().twin().groups().groupOf();
            double[] ofGroup = new double[found.outlook().groups()];
            for (int k = 0; k < groupOf.length; k++) {
                ofGroup[groupOf[k]] = weights[k];
            }
            return format(
                            "Margins are all %.4f with class weights, in the order above, ",
                            found.outlook().margins()[0])
                    + Arrays.stream(ofGroup)
                            .mapToObj(weight -> format("%.5g", weight))
                            .collect(Collectors.joining(", "))
                    + ".";
        }
        return "No class weights equalise all margins: " + ((EqualMargins.NotFound) plan.weights()).reason() + ".";
    }

    private String adjustment() {
        if (plan.adjustment() instanceof EqualMargins.Found found) {
            return format(
                    "The margins of the most frequent and the rarest classes are both %.4f with logit adjustment τ = %.6g.",
                    found.outlook().margins()[0], found.loss().logitAdjustment());
        }
        return "No logit adjustment equalises the margins of the most frequent and the rarest classes: "
                + ((EqualMargins.NotFound) plan.adjustment()).reason() + ".";
    }

    private Table phases() {
        Table table = new Table("  ").row("μ", "d", "predicted", "outscored", "merged", "vanished", "fates by group");
        for (Boundaries.Step step : plan.boundaries().scan()) {
            Outlook outlook = step.outlook();
            Fate[] fates = outlook.fates();
            table.row(
                    format("%.3g", step.mu()),
                    format("%,d", outlook.dimension()),
                    format("%,d", outlook.classes(Fate.APART)),
                    format("%,d", outlook.classes(Fate.OUTSCORED)),
                    format("%,d", outlook.classes(Fate.MERGED)),
                    format("%,d", outlook.classes(Fate.VANISHED)),
                    IntStream.range(0, fates.length)
                            .mapToObj(g -> symbol(fates[g]))
                            .collect(Collectors.joining()));
        }
        return table;
    }

    private static String symbol(Fate fate) {
        return switch (fate) {
            case APART -> "■";
            case OUTSCORED -> "▒";
            case MERGED -> "=";
            case VANISHED -> "·";
        };
    }

    private static String number(double value) {
        return Table.number(value);
    }

    private static String number(OptionalDouble value) {
        return Table.number(value.orElse(Double.NaN));
    }

    private static String angle(OptionalDouble degrees) {
        return degrees.isPresent() ? format("%.2f°", degrees.getAsDouble()) : "–";
    }

    static String coarse(CoarseCounts coarse, int groups) {
        return format(
                "  Counts within a factor of %.3g are replaced by their mean, and so are weights and margins of their classes: %d groups.",
                coarse.ratio(), groups);
    }
}
