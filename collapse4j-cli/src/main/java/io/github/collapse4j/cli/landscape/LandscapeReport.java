package io.github.collapse4j.cli.landscape;

import static io.github.collapse4j.cli.text.Paragraph.line;
import static io.github.collapse4j.cli.text.Table.format;
import static io.github.collapse4j.cli.text.Table.number;

import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.cli.text.Paragraph;
import io.github.collapse4j.cli.text.Table;
import io.github.collapse4j.hunt.DescentEnd;
import io.github.collapse4j.hunt.Finding;
import io.github.collapse4j.hunt.HuntTotals;
import io.github.collapse4j.hunt.ProblemOutcome;
import io.github.collapse4j.landscape.Atlas;
import io.github.collapse4j.landscape.CriticalPoint;
import io.github.collapse4j.landscape.Landscape;
import io.github.collapse4j.landscape.TheoremCheck;
import io.github.collapse4j.model.UfmProblem;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A landscape for people. */
record LandscapeReport(Landscape landscape, HuntProofs proofs, StatedLoss loss) {
    /** Approximate number of critical points that are shown: the lowest of each rank. */
    private static final int MAX_POINTS = 24;

    String text() {
        UfmProblem problem = landscape.problem();
        StringBuilder text = new StringBuilder();
        line(
                text,
                format(
                        "%s, K = %d%s, d = %d, N = %d, λ_W = %s, λ_H = %s: %s %.12g (certified gap %.1e)",
                        loss.title(),
                        problem.classes(),
                        problem.loss().isOfClasses()
                                ? ""
                                : format(", M = %d groups of equal targets", problem.groups()),
                        problem.featureDimension(),
                        problem.counts().samples(),
                        number(problem.lambdaW()),
                        number(problem.lambdaH()),
                        landscape.isCertified() ? "global minimum" : "lowest value found",
                        landscape.optimum().objective(),
                        landscape.optimum().relativeGap()));
        line(text, "");
        text.append(atlas());
        line(text, "");
        text.append(search());
        line(text, "");
        for (TheoremCheck check : landscape.atlas().theoremChecks()) {
            Paragraph.append(
                    text,
                    format(
                            "%s Tested at %s, %s, worst %.1e (%s).",
                            check.statement(),
                            count(check.tested(), "point"),
                            check.holds() ? "no violation" : check.violations() + " VIOLATIONS",
                            check.worst(),
                            check.measure()));
        }
        line(text, "");
        text.append(hunt());
        line(text, "");
        return text.toString();
    }

    private Table atlas() {
        Table table = new Table("  ")
                .row(
                        "rank",
                        "objective",
                        "index",
                        "nullity",
                        "curvature from",
                        "to",
                        "σ_max/μ",
                        "‖∇f‖",
                        "verdict",
                        "found by",
                        "first by");
        Map<Integer, List<CriticalPoint>> byRank = landscape.atlas().points().stream()
                .collect(Collectors.groupingBy(CriticalPoint::rank, TreeMap::new, Collectors.toList()));
        int lowest = Math.max(2, MAX_POINTS / Math.max(1, byRank.size()));
        byRank.forEach((rank, points) -> {
            points.stream().limit(lowest).forEach(point -> table.row(row(point)));
            if (points.size() > lowest) {
                table.row("", format("… %d more of rank %d", points.size() - lowest, rank));
            }
        });
        return table;
    }

    private String[] row(CriticalPoint point) {
        return new String[] {
            Integer.toString(point.rank()),
            format("%.12f", point.objective()),
            Integer.toString(point.index()),
            Integer.toString(point.nullity()),
            format("%.3e", point.minCurvature()),
            format("%.3e", point.maxCurvature()),
            number(point.sigmaOverMu()),
            format("%.0e", point.gradientNorm()),
            point.verdict().name(),
            format("%d of %d", point.timesFound(), landscape.atlas().searches()),
            point.origin().description()
        };
    }

    /** States that the list may be incomplete, and estimates what is missing. */
    private String search() {
        Atlas atlas = landscape.atlas();
        StringBuilder words = new StringBuilder(format(
                "%s found %s%s. This is a search, not an enumeration; there may be others. ",
                count(atlas.searches(), "start"),
                count(atlas.points().size(), "critical point"),
                atlas.unpolished() == 0 ? "" : format("; %d starts found none", atlas.unpolished())));
        List<String> unseen = atlas.descents().stream()
                .filter(tally -> tally.foundOnce() > 0)
                .map(tally -> format("%.1f %% in d' = %d", 100 * tally.unseenShare(), tally.dimension()))
                .toList();
        words.append(
                unseen.isEmpty()
                        ? "Every minimum that a random descent found was found more than once."
                        : "Judging by those found only once, this share of further random descents would end at a point"
                                + " not listed here: " + String.join(", ", unseen) + ".");
        StringBuilder text = new StringBuilder();
        Paragraph.append(text, words.toString());
        return text.toString();
    }

    private String hunt() {
        HuntTotals totals = HuntTotals.of(landscape.hunt());
        StringBuilder words = new StringBuilder(format(
                "Hunt: %s. %d ended at a certified global minimum, %d at the lowest value known where no minimum is"
                        + " certified, %d at another local minimum, %d at a saddle; %d did not converge.",
                count(totals.starts(), "random start"),
                totals.count(DescentEnd.CERTIFIED_GLOBAL_MINIMUM),
                totals.count(DescentEnd.LOWEST_KNOWN),
                totals.count(DescentEnd.LOCAL_MINIMUM),
                totals.count(DescentEnd.SADDLE),
                totals.count(DescentEnd.NOT_CONVERGED)));
        words.append(
                totals.covered() == 0
                        ? " No theorem excludes spurious minima at these dimensions."
                        : format(
                                " Where a theorem excludes spurious minima, %d of %d ended at a certified global minimum.",
                                totals.coveredCertified(), totals.covered()));
        Table table = new Table("  ")
                .row("d", "μ", "objective", "descents", "excess", "verdict", proofs.isEmpty() ? "" : "proof");
        long others = 0;
        for (ProblemOutcome outcome : landscape.hunt()) {
            for (Finding finding : outcome.others()) {
                others++;
                double lowest = outcome.lowestKnown();
                table.row(
                        Integer.toString(outcome.problem().featureDimension()),
                        number(outcome.problem().mu()),
                        format("%.10f", finding.objective()),
                        Long.toString(finding.count()),
                        format("%.2e", (finding.objective() - lowest) / lowest),
                        finding.verdict().name(),
                        proofs.of(finding).map(HuntProofs.Outcome::text).orElse(""));
            }
        }
        StringBuilder text = new StringBuilder();
        if (others > 0) {
            words.append(proofs.isEmpty() ? "" : " " + proofs.summary());
            words.append(" Ends above the lowest value known of their model:");
        }
        Paragraph.append(text, words.toString());
        return others == 0 ? text.toString() : text.append(table).toString();
    }

    private static String count(long number, String noun) {
        return format("%d %s%s", number, noun, number == 1 ? "" : "s");
    }
}
