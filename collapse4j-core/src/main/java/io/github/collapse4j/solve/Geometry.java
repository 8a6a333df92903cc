package io.github.collapse4j.solve;

/**
 * Norms and angles of a twin's solution, per group of exchangeable classes.
 *
 * @param classifier inner products of the rows w_k
 * @param features inner products of the scaled class features √n_k h_k
 * @param solution the solution
 */
public record Geometry(GroupGram classifier, GroupGram features, TwinSolution solution) {
    private static final double ETF_TOLERANCE = 1e-8;

    /** Measures a solution. */
    public static Geometry of(TwinSolution solution) {
        return new Geometry(solution.classifierGram(), solution.featureGram(), solution);
    }

    /** ‖h_k‖ for the classes of a group. */
    public double featureNorm(int group) {
        return features.norm(group) / Math.sqrt(solution.groups().counts()[group]);
    }

    /** Whether all rows have the same norm and pairwise cosine −1/(K−1), to 1e-8; false for zero. */
    public boolean isSimplexEtf() {
        double ideal = -1.0 / (solution.groups().classes() - 1);
        return solution.groups().classes() > 1
                && normRatio() <= 1 + ETF_TOLERANCE
                && Math.abs(smallestCosine() - ideal) <= ETF_TOLERANCE
                && Math.abs(largestCosine() - ideal) <= ETF_TOLERANCE;
    }

    /** Whether the nonzero rows are pairwise orthogonal, to 1e-8. */
    public boolean isOrthogonalFrame() {
        return Math.max(Math.abs(smallestCosine()), Math.abs(largestCosine())) <= ETF_TOLERANCE;
    }

    /** The ratio of the largest to the smallest norm of a classifier row. */
    public double normRatio() {
        double smallest = Double.POSITIVE_INFINITY;
        double largest = 0;
        for (int g = 0; g < groups(); g++) {
            smallest = Math.min(smallest, classifier.norm(g));
            largest = Math.max(largest, classifier.norm(g));
        }
        return largest / smallest;
    }

    /** The smallest cosine between two classifier rows; NaN if fewer than two are nonzero. */
    public double smallestCosine() {
        return extremeCosine(-1);
    }

    /** The largest cosine between two classifier rows; NaN if fewer than two are nonzero. */
    public double largestCosine() {
        return extremeCosine(1);
    }

    private double extremeCosine(int sign) {
        double extreme = Double.NaN;
        for (int g = 0; g < groups(); g++) {
            for (int h = 0; h <= g; h++) {
                double cosine = classifier.cosine(g, h);
                if (!Double.isNaN(cosine) && !(sign * cosine <= sign * extreme)) {
                    extreme = cosine;
                }
            }
        }
        return extreme;
    }

    /** For each group, whether its classes have collapsed to zero; see {@link TwinSolution#criticalMu}. */
    public boolean[] collapsed() {
        boolean[] collapsed = new boolean[groups()];
        double unit =
                Math.sqrt(solution.problem().lambdaW() / solution.problem().lambdaH());
        for (int g = 0; g < collapsed.length; g++) {
            // A class without equals has collapsed if its feature vanishes; the threshold is the square of 1e-6,
            // relative to the unit.
            collapsed[g] = solution.hasCriticalMu(g)
                    ? solution.criticalMu(g) <= solution.problem().mu()
                    : features.squaredNorms()[g] <= 1e-12 * unit;
        }
        return collapsed;
    }

    private int groups() {
        return solution.groups().groups();
    }
}
