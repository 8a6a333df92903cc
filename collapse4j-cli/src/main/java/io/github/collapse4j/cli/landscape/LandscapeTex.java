package io.github.collapse4j.cli.landscape;

import static io.github.collapse4j.cli.text.Table.format;

import io.github.collapse4j.landscape.CriticalPoint;
import io.github.collapse4j.model.UfmProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Points of a landscape as a table for LaTeX, with the package booktabs. */
final class LandscapeTex {
    private LandscapeTex() {}

    /**
     * A table.
     *
     * @param relabellings the number of images of each point under exchanges of classes, if counted
     */
    static String table(UfmProblem problem, List<CriticalPoint> points, List<String> relabellings) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            CriticalPoint point = points.get(i);
            rows.add(List.of(
                    Integer.toString(point.rank()),
                    words(point.verdict().name()),
                    format("%.8f", point.objective()),
                    Integer.toString(point.index()),
                    Integer.toString(point.nullity()),
                    Integer.toString(point.spectrum().orbitDimension()),
                    relabellings.get(i),
                    scientific(point.minCurvature())));
        }
        return table(
                List.of("rank", "verdict", "$f$", "index", "nullity", "orbit", "images", "$\\lambda_{\\min}$"),
                rows,
                sizes(problem)
                        + "; orbit: dimension of the continuous symmetries;\n% images: distinct exchanges of classes of equal"
                        + " counts, up to rotations.");
    }

    /** K, d, N and the penalties. */
    static String sizes(UfmProblem problem) {
        return format(
                "$K = %d$, $d = %d$, $N = %d$, $\\lambda_W =$ %s, $\\lambda_H =$ %s",
                problem.classes(),
                problem.featureDimension(),
                problem.counts().samples(),
                scientific(problem.lambdaW()),
                scientific(problem.lambdaH()));
    }

    /** Any table, whose second column is text; rows are numbered. */
    static String table(List<String> header, List<List<String>> rows, String comment) {
        StringBuilder text = new StringBuilder("% \\usepackage{booktabs}\n\\begin{tabular}{rrl");
        text.append("r".repeat(header.size() - 2)).append("}\n\\toprule\n & ");
        text.append(String.join(" & ", header)).append(" \\\\\n\\midrule\n");
        for (int i = 0; i < rows.size(); i++) {
            text.append(i).append(" & ").append(String.join(" & ", rows.get(i))).append(" \\\\\n");
        }
        return text.append("\\bottomrule\n\\end{tabular}\n% ")
                .append(comment)
                .append('\n')
                .toString();
    }

    /** {@code StrictSaddle} as {@code strict saddle}. */
    static String words(String verdict) {
        return verdict.replaceAll("(?<=.)(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    static String scientific(double value) {
        if (value == 0) {
            return "$0$";
        }
        String[] parts = String.format(Locale.ROOT, "%.3e", value).split("e", -1);
        return "$" + parts[0] + " \\cdot 10^{" + Integer.parseInt(parts[1]) + "}$";
    }
}
