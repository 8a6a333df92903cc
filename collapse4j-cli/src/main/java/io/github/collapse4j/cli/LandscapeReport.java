package io.github.collapse4j.cli;

import static io.github.collapse4j.cli.Table.format;
import static io.github.collapse4j.cli.Table.number;

import io.github.collapse4j.atlas.CriticalPoint;
import io.github.collapse4j.atlas.TheoremCheck;
import io.github.collapse4j.hunt.Finding;
import io.github.collapse4j.hunt.ProblemOutcome;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.study.Landscape;

/** A landscape for people. */
record LandscapeReport(Landscape landscape, LossName loss) {
    private static final int MOST_POINTS = 20;

    String text() {
        UfmProblem problem = landscape.problem();
        StringBuilder text = new StringBuilder();
        line(
                text,
                format(
                        "%s, K = %d, d = %d, N = %d, λ_W = %s, λ_H = %s: global minimum %.12g (certified gap %.1e)",
                        loss.title(),
                        problem.classes(),
                        problem.featureDimension(),
                        problem.counts().samples(),
                        number(problem.lambdaW()),
                        number(problem.lambdaH()),
                        landscape.optimum().objective(),
                        landscape.optimum().relativeGap()));
        line(text, "");
        text.append(atlas());
        line(text, "");
        for (TheoremCheck check : landscape.atlas().theoremChecks()) {
            CertifyReport.paragraph(
                    text,
                    format(
                            "%s Tested at %d points, %s, worst %.1e (%s).",
                            check.statement(),
                            check.tested(),
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
                        "found by");
        int shown = 0;
        for (CriticalPoint point : landscape.atlas().points()) {
            if (shown++ == MOST_POINTS) {
                table.row(format("… %d more", landscape.atlas().points().size() - MOST_POINTS));
                break;
            }
            table.row(
                    Integer.toString(point.rank()),
                    format("%.12f", point.objective()),
                    Integer.toString(point.index()),
                    Integer.toString(point.nullity()),
                    format("%.3e", point.minCurvature()),
                    format("%.3e", point.maxCurvature()),
                    number(point.sigmaOverMu()),
                    format("%.0e", point.gradientNorm()),
                    point.verdict().name(),
                    point.origin().description());
        }
        return table;
    }

    private String hunt() {
        long starts = 0;
        long covered = 0;
        long reached = 0;
        Table table = new Table("  ").row("d", "μ", "objective", "descents", "excess", "verdict");
        int others = 0;
        for (ProblemOutcome outcome : landscape.hunt()) {
            starts += outcome.starts();
            if (outcome.isCertified()) {
                covered += outcome.starts();
                reached += outcome.reachedGlobal();
            }
            for (Finding finding : outcome.others()) {
                others++;
                double lowest = outcome.findings().get(0).objective();
                table.row(
                        Integer.toString(outcome.problem().featureDimension()),
                        number(outcome.problem().mu()),
                        format("%.10f", finding.objective()),
                        Long.toString(finding.count()),
                        format("%.2e", (finding.objective() - lowest) / lowest),
                        finding.verdict().name());
            }
        }
        StringBuilder text = new StringBuilder();
        CertifyReport.paragraph(
                text,
                format("Hunt: %d random starts. ", starts)
                        + (covered == 0
                                ? "At these dimensions no minimum is certified. "
                                : format("Where the minimum is certified, %d of %d reached it. ", reached, covered))
                        + "Ends above the lowest value of their dimension: "
                        + (others == 0 ? "none." : others + ":"));
        return others == 0 ? text.toString() : text.append(table).toString();
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append(System.lineSeparator());
    }
}
