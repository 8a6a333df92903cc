package io.github.collapse4j.cli.solve;

import static io.github.collapse4j.cli.text.Paragraph.line;
import static io.github.collapse4j.cli.text.Table.format;
import static io.github.collapse4j.cli.text.Table.number;

import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.cli.text.Paragraph;
import io.github.collapse4j.cli.text.Table;
import io.github.collapse4j.solve.ClassGroups;
import io.github.collapse4j.solve.Geometry;
import io.github.collapse4j.solve.Solution;
import io.github.collapse4j.solve.TwinSolution;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A solution as text. */
record SolveReport(Solution solution, Verdict verdict, StatedLoss loss, double seconds) {
    /** The columns of the table of classes. */
    static final List<String> CLASS_COLUMNS = List.of(
            "classes", "samples", "own logit", "highest other", "‖w‖", "‖h‖", "angle w", "angle h", "collapse at μ ≥");

    private static final int MAX_GROUPS = 12;

    String text() {
        StringBuilder text = ProblemText.head(
                        "Unconstrained feature model, " + loss.title(), solution.problem(), verdict)
                .append(numbers());
        if (solution.reachesTwin()) {
            text.append(geometry());
        }
        return text.toString();
    }

    /** What was solved, in one sentence. */
    String subject() {
        return Paragraph.sentence(loss.title()) + " " + ProblemText.sizes(solution.problem()) + ".";
    }

    Table numbers() {
        Table table = ProblemText.numbers(
                        verdict,
                        solution.objective(),
                        solution.lowerBound(),
                        solution.relativeGap(),
                        solution.problem().mu())
                .row(
                        "rank",
                        Integer.toString(solution.rank()),
                        solution.reachesTwin()
                                ? "the smallest feature dimension that reaches it"
                                : format(
                                        "the unrestricted optimum needs %d dimensions",
                                        solution.twin().rank()))
                .row("method", method(), Double.isNaN(seconds) ? "" : format("%.3g s", seconds));
        if (solution.reachesTwin()) {
            table.row("σ_max(∇g)/μ", format("%.12g", solution.twin().sigmaOverMu()));
        }
        return table;
    }

    private String method() {
        return switch (solution.method()) {
            case CLOSED_FORM -> "closed form";
            case NEWTON_ON_GROUPS ->
                format(
                        "Newton on %d groups of equal counts",
                        solution.twin().groups().groups());
            case MULTI_START -> "best of random starts";
        };
    }

    private String geometry() {
        TwinSolution twin = solution.twin();
        StringBuilder text = new StringBuilder(System.lineSeparator());
        Paragraph.append(text, shape());
        if (twin.rank() == 0) {
            return text.toString();
        }
        line(text, "");
        text.append(new Table("  ").row(CLASS_COLUMNS.toArray(String[]::new)).rows(classes()));
        if (twin.groups().groups() > 1) {
            line(text, "  Angles are between classes of the same count; – if no other class has it.");
        }
        return text.toString();
    }

    /** A row for each group of classes, with the cells of {@link #CLASS_COLUMNS}. */
    Table classes() {
        TwinSolution twin = solution.twin();
        Geometry geometry = Geometry.of(twin);
        ClassGroups groups = twin.groups();
        int n = groups.groups();
        Table table = new Table("  ");
        boolean[] collapsed = geometry.collapsed();
        for (int g : shown(n)) {
            if (g < 0) {
                table.row("…");
                continue;
            }
            double other = Double.NEGATIVE_INFINITY;
            for (int h = 0; h < n; h++) {
                if (h != g || groups.sizes()[g] > 1) {
                    other = Math.max(other, twin.logits().get(h, g));
                }
            }
            table.row(
                    format("%,d", groups.sizes()[g]),
                    format("%,.0f", groups.counts()[g]),
                    number(twin.logits().get(n, g)),
                    number(other),
                    number(geometry.classifier().norm(g)),
                    number(geometry.featureNorm(g)),
                    angle(geometry.classifier().cosine(g, g)),
                    angle(geometry.features().cosine(g, g)),
                    (twin.hasCriticalMu(g) ? number(twin.criticalMu(g)) : "–") + (collapsed[g] ? "  collapsed" : ""));
        }
        return table;
    }

    /** What has collapsed, if anything. */
    Optional<String> collapse() {
        TwinSolution twin = solution.twin();
        if (twin.rank() == 0) {
            return Optional.of("Everything has collapsed to zero: the penalties outweigh any reduction of the loss.");
        }
        int collapsed = collapsedClasses(twin, Geometry.of(twin));
        return collapsed == 0
                ? Optional.empty()
                : Optional.of(format(
                        "%,d of the %,d classes have collapsed: the penalties leave nothing to distinguish them.",
                        collapsed, twin.groups().classes()));
    }

    /** The arrangement of the classes, in one sentence. */
    String shape() {
        TwinSolution twin = solution.twin();
        Optional<String> collapse = collapse();
        if (collapse.isPresent()) {
            return (twin.rank() == 0 ? "" : "Geometry: ") + collapse.get();
        }
        Geometry geometry = Geometry.of(twin);
        if (geometry.isSimplexEtf()) {
            return format(
                    "Geometry: a simplex ETF. All %,d classifier rows have the same norm and pairwise cosine −1/(K−1) = %.6g.",
                    twin.groups().classes(), -1.0 / (twin.groups().classes() - 1));
        }
        if (geometry.isOrthogonalFrame()) {
            return "Geometry: an orthogonal frame, typical of squared error without a free bias.";
        }
        return format(
                "Geometry: not a simplex ETF. Norms of classifier rows differ by a factor of up to %.4g, and pairwise cosines"
                        + " range from %.4g to %.4g (a simplex ETF has %.4g).",
                geometry.normRatio(),
                geometry.smallestCosine(),
                geometry.largestCosine(),
                -1.0 / (twin.groups().classes() - 1));
    }

    private static int collapsedClasses(TwinSolution twin, Geometry geometry) {
        boolean[] collapsed = geometry.collapsed();
        return IntStream.range(0, collapsed.length)
                .filter(g -> collapsed[g])
                .map(g -> twin.groups().sizes()[g])
                .sum();
    }

    private static String angle(double cosine) {
        return Double.isNaN(cosine)
                ? "–"
                : format("%.2f°", Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, cosine)))));
    }

    /** The groups to print: all, or the first and last ones around a gap (−1). */
    private static int[] shown(int groups) {
        if (groups <= MAX_GROUPS) {
            return IntStream.range(0, groups).toArray();
        }
        int half = MAX_GROUPS / 2;
        return IntStream.rangeClosed(0, MAX_GROUPS)
                .map(i -> i < half ? i : i == half ? -1 : groups - MAX_GROUPS + i - 1)
                .toArray();
    }
}
