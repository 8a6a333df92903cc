package io.github.collapse4j.djl.train;

import io.github.collapse4j.djl.network.Networks.HeadKind;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.image.ImageSplits;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.GlobalSolver;
import io.github.collapse4j.solve.SolveOptions;

/**
 * The norm of a fixed head's vectors: that of the global minimum if the penalties are those of the model, otherwise 1.
 */
final class FixedHeadNorm {
    private FixedHeadNorm() {}

    /**
     * @throws InputException if the penalties are so strong that the optimal classifier is zero
     */
    static double of(Recipe recipe, ImageSplits images) throws InputException {
        if (recipe.head() == HeadKind.learned
                || !(recipe.regularization() instanceof Regularization.Explicit explicit)) {
            return 1;
        }
        int classes = images.classes();
        UfmProblem problem = new UfmProblem(
                recipe.loss(images),
                ClassCounts.ofLabels(images.train().labels(), classes),
                classes,
                explicit.lambdaW(),
                explicit.lambdaH(),
                recipe.bias() ? Bias.ofLambda(explicit.lambdaB()) : new Bias.None());
        double norm = new GlobalSolver(SolveOptions.defaults())
                .solve(problem)
                .point()
                .classifier()
                .norm();
        if (!(norm > 0)) {
            throw new InputException("penalties: expected weaker ones with a fixed head, found λ_W = "
                    + explicit.lambdaW() + " and λ_H = " + explicit.lambdaH()
                    + ", at which the best classifier is zero");
        }
        return norm / Math.sqrt(classes);
    }
}
