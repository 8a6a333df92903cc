package io.github.collapse4j.solve;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.optim.TrustRegionNewton;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Solutions of the convex twin by methods that the solver does not choose by itself. */
final class Twins {
    private Twins() {}

    /** Newton's method on groups, even if there is a closed form. */
    static TwinSolution byNewton(UfmProblem problem) {
        return new TwinSolver(SolveOptions.defaults(), SolveListener.SILENT).solve(problem);
    }

    /** Newton's method with every class as its own group, so that no symmetry is used: more than K² unknowns. */
    static TwinSolution bySingletons(UfmProblem problem) {
        int classes = problem.classes();
        int[] sizes = new int[classes];
        Arrays.fill(sizes, 1);
        double[] counts =
                Arrays.stream(problem.counts().toArray()).asDoubleStream().toArray();
        ClassGroups singletons = new ClassGroups(
                sizes,
                counts,
                IntStream.range(0, classes).toArray(),
                problem.counts().samples());
        TwinModel model = new TwinModel(problem, singletons);
        double[] own = new double[classes];
        Arrays.fill(own, 1);
        TwinPoint start = Prolongation.fromLogits(model, Matrix.zeros(classes, classes), own, new double[classes]);
        TwinNewton newton = new TwinNewton(model, start);
        new TrustRegionNewton(TrustRegionNewton.Options.defaults().withGradientTolerance(0)).minimize(newton);
        return TwinSolution.of(model, newton.point());
    }

    /** Newton's method on any grouping, without levels. */
    static TwinSolution minimum(TwinModel model) {
        TwinNewton newton = new TwinNewton(model, TwinSolver.initialPoint(model));
        new TrustRegionNewton(TrustRegionNewton.Options.defaults().withGradientTolerance(0)).minimize(newton);
        return TwinSolution.of(model, newton.point());
    }

    /** Logits with biases, {@code K×K}: column k is a sample of class k. */
    static Matrix logits(TwinSolution solution) {
        int classes = solution.problem().classes();
        int[] groupOf = solution.groups().groupOf();
        Matrix logits = Matrix.zeros(classes, classes);
        for (int k = 0; k < classes; k++) {
            for (int j = 0; j < classes; j++) {
                int row = j == k ? solution.groups().groups() : groupOf[j];
                logits.set(j, k, solution.logits().get(row, groupOf[k]));
            }
        }
        return centred(solution.problem(), logits);
    }

    /** With cross-entropy and a free bias, a common shift of all logits is arbitrary: sets their mean to zero. */
    static Matrix centred(UfmProblem problem, Matrix logits) {
        if (problem.loss().isShiftInvariant() && problem.bias() instanceof Bias.Free) {
            double mean = Arrays.stream(logits.data()).average().orElse(0);
            Arrays.setAll(logits.data(), i -> logits.data()[i] - mean);
        }
        return logits;
    }
}
