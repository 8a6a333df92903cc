package io.github.collapse4j.cosine;

import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.ClassCounts;
import java.util.Arrays;
import java.util.Optional;

/**
 * The certificate of a trained cosine head: its excess over the optimum for its class counts, which no head of any
 * dimension can beat, whether samples of a class coincide or not (docs/theory.md §13).
 *
 * @param problem the model of these counts, one group per class
 * @param facts what was measured
 * @param bound the certified lower bound
 * @param optimum the lowest value known: within the bound's gap of the global minimum
 */
public record CosineCertificate(
        CosineProblem problem, CosineLayerFacts facts, LowerBound bound, double optimum, CosineVerdict verdict) {
    /** The gap of the optimum itself. */
    private static final double OPTIMUM_GAP = 1e-10;

    /** The relative excess of the head over the bound, rounded up. */
    public double relativeGap() {
        return bound.relativeGap(facts.objective());
    }

    /**
     * Certifies a head in one pass over its samples.
     *
     * @param weights W, {@code K×d}; rows are normalised
     * @param samples features and labels; features are normalised
     * @param tolerance relative gap up to which the head counts as optimal, and relative gradient up to which it counts as
     *     stationary
     * @throws CosineInputException if a vector is zero or not finite, or a class has no sample
     */
    public static CosineCertificate of(
            SampleSource samples, Matrix weights, double temperature, double margin, double tolerance) {
        if (weights.rows() > CosineSolver.MAX_CLASSES) {
            throw new CosineInputException("expected at most " + CosineSolver.MAX_CLASSES
                    + " classes of a cosine head, found " + weights.rows());
        }
        CosineLayerPass pass = CosineLayerPass.over(samples, weights, temperature, margin);
        long[] counts = pass.counts();
        for (int k = 0; k < counts.length; k++) {
            if (counts[k] == 0) {
                throw new CosineInputException(
                        "labels: expected samples of all " + counts.length + " classes, found none of class " + k);
            }
        }
        CosineProblem problem = CosineProblem.ofClasses(ClassCounts.of(counts), weights.columns(), temperature, margin);
        CosineSolution optimum = new CosineSolver(new CosineSolver.Options(OPTIMUM_GAP, 4, 0))
                .solve(problem.withFeatureDimension(counts.length));
        CosineLayerFacts facts = pass.facts();
        LowerBound bound = optimum.lowerBound();
        return new CosineCertificate(
                problem, facts, bound, optimum.objective(), verdict(pass, facts, bound, tolerance));
    }

    private static CosineVerdict verdict(
            CosineLayerPass pass, CosineLayerFacts facts, LowerBound bound, double tolerance) {
        double gap = bound.relativeGap(facts.objective());
        if (gap <= tolerance) {
            return new CosineVerdict.GlobalMinimum(facts.objective(), bound, gap, tolerance);
        }
        double residual = Math.max(facts.residualW(), facts.residualH());
        if (!(residual <= tolerance)) {
            return new CosineVerdict.NotCritical(residual, gap, tolerance);
        }
        Optional<CosineLayerPass.CosineGroups> groups =
                pass.groups().filter(found -> TangentHessian.isFeasible(found.problem()));
        return groups.map(found -> new CosineAssessor(
                                new CosineAssessor.Options(tolerance, tolerance, CosineSolver.Options.defaults()))
                        .assess(found.problem(), found.point(), bound)
                        .verdict())
                .orElseGet(() -> new CosineVerdict.Undecided(
                        "the gradient vanishes to within the tolerance, and the samples have too many different features to"
                                + " compute the curvature"));
    }

    /** The smallest multiplier of a class. */
    public double smallestAlpha() {
        return Arrays.stream(facts.alpha()).min().orElseThrow();
    }

    /** The largest multiplier of a class. */
    public double largestAlpha() {
        return Arrays.stream(facts.alpha()).max().orElseThrow();
    }
}
