package io.github.collapse4j.landscape;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.curvature.Spectrum;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.MultiStart;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.optim.GradientDescent;
import io.github.collapse4j.optim.HeavyBall;
import io.github.collapse4j.optim.Limits;
import io.github.collapse4j.optim.StepSize;
import io.github.collapse4j.solve.GlobalSolver;
import io.github.collapse4j.solve.SolveOptions;
import io.github.collapse4j.testkit.Close;
import org.junit.jupiter.api.Test;

class EscapeExperimentTest {
    private static final UfmProblem PROBLEM =
            new UfmProblem(new CrossEntropy(), ClassCounts.balanced(4, 10), 4, 0.005, 0.001, Bias.ofLambda(0.01));

    private final UfmModel model = UfmModel.reduced(PROBLEM);
    private final UfmPoint saddle = new MultiStart(0)
            .best(UfmModel.reduced(PROBLEM.withFeatureDimension(2)), 4)
            .point()
            .padTo(4);
    private final Spectrum atSaddle = Spectrum.complete(model, saddle);
    private final double optimum =
            new GlobalSolver(SolveOptions.defaults()).solve(PROBLEM).objective();

    private EscapeRun run(EscapeExperiment.Method method) {
        double stiffness = Spectrum.complete(
                        model,
                        new GlobalSolver(SolveOptions.defaults()).solve(PROBLEM).point())
                .smallestPositive();
        return new EscapeExperiment(model, optimum, Limits.defaults().withMaxIterations(50_000))
                .run(method, saddle, atSaddle.lowest(), atSaddle.smallest(), stiffness);
    }

    @Test
    void gradientDescentLeavesAtTheRateOfTheMostNegativeCurvature() {
        double step = 1;
        EscapeRun run = run(new EscapeExperiment.Method(
                "gradient descent", new GradientDescent(new GradientDescent.Options(new StepSize.Fixed(step))), true));

        double rate = Math.log1p(step * -atSaddle.smallest());
        Close.assertClose(rate, run.predictedRate().orElseThrow(), 1e-12, 0, "the prediction is (1 + η|λ|)ᵗ");
        // Up to 1e-3 from the saddle, third-order terms change the curvature by about that much.
        Close.assertClose(rate, run.observedRate().orElseThrow(), 1e-2, 0, "observed");
        assertTrue(run.iterationsToLeave().orElseThrow() > 0);
    }

    @Test
    void leavesASaddleFlatterThanTheTolerance() {
        // The start is 1e-6 from the saddle, so its gradient is 1e-6 times the curvature.
        double tolerance = -1e-5 * atSaddle.smallest();
        EscapeRun run = new EscapeExperiment(
                        model,
                        optimum,
                        Limits.defaults().withMaxIterations(50_000).withGradientTolerance(tolerance))
                .run(
                        new EscapeExperiment.Method(
                                "gradient descent",
                                new GradientDescent(new GradientDescent.Options(new StepSize.Fixed(1))),
                                true),
                        saddle,
                        atSaddle.lowest(),
                        atSaddle.smallest(),
                        1);
        assertTrue(run.iterationsToLeave().orElseThrow() > 0);
        Close.assertClose(0, (run.objective() - optimum) / optimum, 0, 1e-7, "the descent ends at the minimum");
    }

    @Test
    void gradientDescentArrivesAtTheRateOfTheSlowestCurvatureThatItsPathExcites() {
        double step = 2;
        EscapeRun run = run(new EscapeExperiment.Method(
                "gradient descent", new GradientDescent(new GradientDescent.Options(new StepSize.Fixed(step))), true));

        Close.assertClose(0, (run.objective() - optimum) / optimum, 0, 1e-10, "the descent ends at the minimum");
        double predicted = run.predictedLinearRate().orElseThrow();
        Spectrum.Complete atMinimum = Spectrum.complete(
                model, new GlobalSolver(SolveOptions.defaults()).solve(PROBLEM).point());
        Close.assertClose(
                2 * Math.log1p(-step * atMinimum.smallestPositive()),
                predicted,
                1e-9,
                0,
                "the prediction is (1 − ηλ)²ᵗ");
        // A path from a saddle keeps its symmetry and need not excite the slowest direction, but some eigenvector it
        // is.
        assertTrue(
                run.observedLinearRate().orElseThrow() <= predicted * (1 - 1e-3),
                () -> "observed " + run.observedLinearRate().orElseThrow());
        double nearest = Double.POSITIVE_INFINITY;
        for (double eigenvalue : atMinimum.eigenvalues()) {
            double rate = 2 * Math.log1p(-step * Math.abs(eigenvalue));
            nearest = Math.min(nearest, Math.abs(rate / run.observedLinearRate().orElseThrow() - 1));
        }
        Close.assertClose(0, nearest, 0, 1e-2, "distance to the rate of an eigenvalue");
    }

    @Test
    void heavyBallLeavesAtTheRootOfItsRecurrence() {
        double step = 1;
        EscapeRun run = run(new EscapeExperiment.Method(
                "heavy ball", new HeavyBall(HeavyBall.Options.defaults().withStep(new StepSize.Fixed(step))), true));

        // x_{t+1} = (1 + β + η|λ|) x_t − β x_{t−1} with β = 0.9.
        double sum = 1.9 + step * -atSaddle.smallest();
        double root = (sum + Math.sqrt(sum * sum - 3.6)) / 2;
        Close.assertClose(Math.log(root), run.observedRate().orElseThrow(), 3e-2, 0, "observed");
    }
}
