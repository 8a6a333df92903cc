package io.github.collapse4j.plan;

import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.GlobalSolver;
import io.github.collapse4j.solve.SolveOptions;

/**
 * All that the optimal logits depend on, apart from the loss: λ_W and λ_H enter as {@code μ = √(λ_W λ_H)} alone.
 *
 * @param counts samples of each class, at least two classes
 * @param mu μ &gt; 0
 * @param bias none, free or regularised
 * @param solved run after every solution, of which planning needs dozens; on the thread that asked for it
 */
public record PlanSetting(ClassCounts counts, double mu, Bias bias, Runnable solved) {
    /** Margins are needed to more digits than values, whose error is the square of theirs. */
    private static final SolveOptions OPTIONS = SolveOptions.defaults().withRelativeGap(1e-15);

    /** A setting whose solutions nobody counts. */
    public PlanSetting(ClassCounts counts, double mu, Bias bias) {
        this(counts, mu, bias, () -> {});
    }

    /** The same setting with another μ. */
    public PlanSetting withMu(double other) {
        return new PlanSetting(counts, other, bias, solved);
    }

    /** The same setting, whose solutions are counted. */
    public PlanSetting withListener(Runnable listener) {
        return new PlanSetting(counts, mu, bias, listener);
    }

    /** The model with a loss and as many dimensions as any optimum needs. */
    public UfmProblem problem(TrainingLoss loss) {
        return new UfmProblem(loss.ofClasses(counts), counts, counts.classes(), mu, mu, bias);
    }

    /**
     * The optimum under a loss.
     *
     * @throws IllegalArgumentException if the loss does not fit the classes, or has no minimum with a free bias
     */
    public Outlook outlook(TrainingLoss loss) {
        Outlook outlook =
                new Outlook(new GlobalSolver(OPTIONS).solve(problem(loss)).twin());
        solved.run();
        return outlook;
    }
}
