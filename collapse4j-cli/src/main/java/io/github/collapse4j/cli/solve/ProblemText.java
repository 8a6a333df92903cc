package io.github.collapse4j.cli.solve;

import static io.github.collapse4j.cli.text.Paragraph.line;
import static io.github.collapse4j.cli.text.Table.format;
import static io.github.collapse4j.cli.text.Table.number;

import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.cli.text.BiasText;
import io.github.collapse4j.cli.text.Paragraph;
import io.github.collapse4j.cli.text.Table;
import io.github.collapse4j.model.UfmProblem;

/** What the text of every solution has in common. */
final class ProblemText {
    private ProblemText() {}

    /** The head of a report: what was solved, and the verdict as a sentence. */
    static StringBuilder head(String title, UfmProblem problem, Verdict verdict) {
        StringBuilder text = new StringBuilder();
        line(text, title);
        line(text, "  " + sizes(problem));
        line(text, "");
        Paragraph.append(text, Paragraph.sentence(verdict.explanation()));
        line(text, "");
        return text;
    }

    /** Sizes, penalties and bias on one line. */
    static String sizes(UfmProblem problem) {
        return format(
                "K = %,d, %sd = %,d, N = %,d, λ_W = %s, λ_H = %s, %s",
                problem.classes(),
                problem.loss().isOfClasses() ? "" : format("M = %,d groups of equal targets, ", problem.groups()),
                problem.featureDimension(),
                problem.counts().samples(),
                number(problem.lambdaW()),
                number(problem.lambdaH()),
                BiasText.of(problem.bias()));
    }

    /** A table that begins with verdict, value and bound. */
    static Table numbers(Verdict verdict, double objective, LowerBound bound, double relativeGap, double mu) {
        return new Table("  ")
                .row("verdict", verdict.name())
                .row("objective", format("%.15g", objective))
                .row(
                        "lower bound",
                        format("%.15g", bound.value()),
                        bound.rounding().text())
                .row("relative gap", format("%.2e", relativeGap))
                .row("μ", number(mu));
    }
}
