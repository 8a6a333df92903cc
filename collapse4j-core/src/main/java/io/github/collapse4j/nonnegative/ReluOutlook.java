package io.github.collapse4j.nonnegative;

import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.ClassGroups;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * What a training behind a ReLU strives for, by groups of exchangeable classes: the group lasso, with one unit for each
 * surviving class (docs/theory.md §14). Its certified gap says whether classes could gain by sharing units.
 */
public final class ReluOutlook {
    private final LassoSolution lasso;
    private final Matrix logits;

    private ReluOutlook(LassoSolution lasso) {
        this.lasso = lasso;
        this.logits = lasso.logits();
    }

    /**
     * The outlook of a problem.
     *
     * @throws IllegalArgumentException if its targets are not classes
     */
    public static ReluOutlook of(UfmProblem problem) {
        if (!problem.loss().isOfClasses()) {
            throw new IllegalArgumentException("loss: expected targets that are classes, found others");
        }
        return new ReluOutlook(LassoSolution.of(problem));
    }

    /** The classes by groups, those of the most samples first. */
    public ClassGroups groups() {
        return lasso.model().groups();
    }

    public double objective() {
        return lasso.objective();
    }

    /** A bound on the minimum over all H ≥ 0. */
    public LowerBound lowerBound() {
        return lasso.lowerBound();
    }

    /** The certified relative gap. */
    public double relativeGap() {
        return lowerBound().relativeGap(objective());
    }

    /** The number of surviving classes: the feature dimensions that the optimum needs. */
    public int dimension() {
        return lasso.survivors();
    }

    /** Whether the features of a group's classes are not zero. */
    public boolean survives(int group) {
        return lasso.survives(group);
    }

    /** The logit of a sample's own class less the highest other. */
    public double margin(int group) {
        int own = logits.rows() - 1;
        return logits.get(own, group)
                - IntStream.range(0, own)
                        .filter(h -> h != group || groups().sizes()[h] > 1)
                        .mapToDouble(h -> logits.get(h, group))
                        .max()
                        .orElseThrow();
    }

    /**
     * The μ from which on the classes of a group are dead, in a model without bias:
     * {@code (√n/N)·‖∇ℓ‖} at zero logits, for any loss. Empty with a bias, which depends on μ.
     */
    public OptionalDouble deadFrom(int group) {
        LassoModel model = lasso.model();
        return model.problem().bias().isPresent()
                ? OptionalDouble.empty()
                : OptionalDouble.of(new LassoColumn(model, group).gradientNormAtZero(new double[model.size()]));
    }

    /** The μ from which on all classes are dead, if this is the outlook of such a model. */
    double largestGradientNorm() {
        LassoModel model = lasso.model();
        return IntStream.range(0, model.size())
                .mapToDouble(a -> new LassoColumn(model, a).gradientNormAtZero(lasso.bias()))
                .max()
                .orElseThrow();
    }
}
