package io.github.collapse4j.cli.solve;

import static io.github.collapse4j.cli.text.Table.format;

import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.cli.text.Paragraph;
import io.github.collapse4j.cli.text.VerdictData;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.report.VerdictPage;
import io.github.collapse4j.solve.Solution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A solution as a page. */
record SolvePage(Solution solution, Verdict verdict, SolveReport report) {
    /** Largest K for which the classes are drawn; more would hide each other. */
    private static final int MAX_CLASSES = 120;

    private static final Map<String, String> TERMS = terms();

    private static final String CLASSES =
            "A row for each class size: the logit of the own class of a sample and the highest other,"
                    + " the norms of the row w of W and of the class mean h, the angles to rows and means of the other classes of this"
                    + " size, and the μ from which on these cannot be told apart.";

    private static Map<String, String> terms() {
        Map<String, String> terms = new LinkedHashMap<>();
        terms.put("verdict", "What is proved about the point: a global minimum, or why it is not known to be one.");
        terms.put("objective", "The mean loss plus λ_W/2·‖W‖² + λ_H/2·‖H‖², and λ_b/2·‖b‖² if the bias has a penalty.");
        terms.put("lower bound", "Certified: no layer with these class sizes and penalties has a smaller objective.");
        terms.put("relative gap", "The share of the objective that exceeds the bound.");
        terms.put("μ", "√(λ_W λ_H), the only combination of both penalties that logits depend on.");
        terms.put("rank", "The smallest feature dimension that reaches this minimum.");
        terms.put("method", "A closed form, Newton's method on groups of equal class sizes, or random starts.");
        terms.put(
                "σ_max(∇g)/μ",
                "The largest singular value of the gradient of the loss by the logits, divided by μ: at most 1 at a"
                        + " global minimum, up to rounding.");
        return terms;
    }

    String html() {
        UfmProblem problem = solution.problem();
        boolean global = verdict instanceof Verdict.GlobalMinimum;
        Optional<String> collapse = solution.reachesTwin() ? report.collapse() : Optional.empty();
        String light = global ? collapse.isPresent() ? "amber" : "green" : "amber";
        List<String> why = new ArrayList<>();
        why.add(Paragraph.sentence(verdict.explanation()));
        if (solution.reachesTwin()) {
            why.add(report.shape());
            why.add(format("%d feature dimensions suffice to reach it.", solution.rank()));
        }
        VerdictData page = new VerdictData(
                "solve",
                "The best last layer",
                report.subject(),
                light,
                collapse.orElse(
                        global
                                ? "No last layer is better: this is the certified global minimum."
                                : "The best layer found; whether a better one exists is not known."),
                why);
        if (problem.classes() <= MAX_CLASSES && problem.featureDimension() > 0) {
            UfmPoint point = solution.point();
            page.geometry(
                    classMeans(point, problem),
                    point.classifier(),
                    IntStream.range(0, problem.classes()).boxed().toList());
        }
        page.figures("The solution", "", List.of("term", "value", "meaning"), report.numbers());
        if (solution.reachesTwin() && solution.rank() > 0) {
            page.figures("Classes", CLASSES, SolveReport.CLASS_COLUMNS, report.classes());
        }
        return VerdictPage.html(page.terms(TERMS).json());
    }

    /** Features of the reduced model are √n times class means. */
    private static Matrix classMeans(UfmPoint point, UfmProblem problem) {
        Matrix means = point.features().copy();
        for (int k = 0; k < means.columns(); k++) {
            for (int a = 0; a < means.rows(); a++) {
                means.set(
                        a,
                        k,
                        means.get(a, k) / Math.sqrt((double) problem.counts().count(k)));
            }
        }
        return means;
    }
}
