package io.github.collapse4j.cli.landscape;

import static io.github.collapse4j.cli.text.Table.format;

import io.github.collapse4j.landscape.CriticalPoint;
import io.github.collapse4j.model.UfmProblem;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;

/** Critical points as a table for LaTeX, with the package booktabs. */
final class LandscapeTex {
    private LandscapeTex() {}

    /**
     * A table.
     *
     * @param relabellings the number of images of each point under exchanges of classes
     */
    static String table(UfmProblem problem, List<CriticalPoint> points, List<BigInteger> relabellings) {
        StringBuilder text = new StringBuilder("""
                % \\usepackage{booktabs}
                \\begin{tabular}{rrlrrrrrr}
                \\toprule
                 & rank & verdict & $f$ & index & nullity & orbit & images & $\\lambda_{\\min}$ \\\\
                \\midrule
                """);
        for (int i = 0; i < points.size(); i++) {
            CriticalPoint point = points.get(i);
            text.append(format(
                    "%d & %d & %s & %.8f & %d & %d & %d & %s & %s \\\\%n",
                    i,
                    point.rank(),
                    words(point.verdict().name()),
                    point.objective(),
                    point.index(),
                    point.nullity(),
                    point.spectrum().orbitDimension(),
                    relabellings.get(i),
                    scientific(point.minCurvature())));
        }
        return text.append(format(
                        """
                \\bottomrule
                \\end{tabular}
                %% $K = %d$, $d = %d$, $N = %d$, $\\lambda_W =$ %s, $\\lambda_H =$ %s; orbit: dimension of the continuous
                %% symmetries; images: distinct exchanges of classes of equal counts, up to rotations.
                """,
                        problem.classes(),
                        problem.featureDimension(),
                        problem.counts().samples(),
                        scientific(problem.lambdaW()),
                        scientific(problem.lambdaH())))
                .toString();
    }

    /** {@code StrictSaddle} as {@code strict saddle}. */
    private static String words(String verdict) {
        return verdict.replaceAll("(?<=.)(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    private static String scientific(double value) {
        if (value == 0) {
            return "$0$";
        }
        String[] parts = String.format(Locale.ROOT, "%.3e", value).split("e", -1);
        return "$" + parts[0] + " \\cdot 10^{" + Integer.parseInt(parts[1]) + "}$";
    }
}
