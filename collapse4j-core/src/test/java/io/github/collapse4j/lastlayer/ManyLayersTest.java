package io.github.collapse4j.lastlayer;

import io.github.collapse4j.fixtures.Problems.BiasKind;
import io.github.collapse4j.fixtures.Problems.Family;
import io.github.collapse4j.lastlayer.LastLayerCertificate.Certified;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.optim.IterationListener;
import io.github.collapse4j.optim.Lbfgs;
import io.github.collapse4j.optim.Limits;
import io.github.collapse4j.solve.GlobalSolver;
import io.github.collapse4j.solve.SolveOptions;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Certificates of layers with up to 300 long-tailed classes and d from 2 to 2K: the bound is valid and close. */
@Execution(ExecutionMode.CONCURRENT)
@Tag("heavy")
@Tag("heavy")
class ManyLayersTest {
    private static final int LAYERS = 500;
    private static final int MAX_CLASSES = 300;
    private static final int EXACT_CLASSES = 60;

    static Stream<Seeded> seeds() {
        return Seeded.range(20_000, LAYERS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theBoundIsBelowDescentsAndCloseToTheTwin(Seeded seeded) {
        UfmProblem problem = problem(seeded);
        int[] labels = Layers.shuffledLabels(problem, seeded);
        UfmModel reduced = UfmModel.reduced(problem);
        UfmModel full = UfmModel.full(problem, labels);
        double size = Math.pow(problem.mu() / Math.sqrt(problem.classes()), 0.5) + seeded.logUniform(1e-2, 1);
        UfmPoint start = reduced.randomPoint(seeded.random(), size / Math.sqrt(problem.featureDimension()));
        // Barely trained and well-trained layers, with noise around their class means.
        UfmPoint trained = descend(reduced, start, seeded.between(0, 1) * 60);
        UfmPoint point = full.expand(trained);
        double noise = seeded.logUniform(1e-6, 1)
                * point.features().norm()
                / Math.sqrt(point.features().data().length);
        double[] offsets = seeded.gaussian(point.features().data().length, noise);
        for (int i = 0; i < offsets.length; i++) {
            point.features().data()[i] += offsets[i];
        }
        Certified certified = Layers.analyze(Layers.given(problem, 1e-3), Layers.of(full, labels, point))
                .certified()
                .orElseThrow();

        String what = seeded + ", K = " + problem.classes() + ", d = " + problem.featureDimension() + ", "
                + problem.loss() + ", " + problem.bias();
        double bound = certified.lowerBound().value();
        double objective = certified.objective();
        Close.assertAtMost(objective, bound, "the layer, " + what);
        UfmPoint best = descend(reduced, trained, 40);
        Close.assertAtMost(reduced.value(best), bound, "descent, " + what);
        double roundOff = 1e-12 * objective;
        Close.assertAtLeast(-roundOff, certified.excess().spread(), "spread, " + what);
        Close.assertAtLeast(-roundOff, certified.excess().placement(), "placement, " + what);
        Close.assertAtLeast(-roundOff, certified.excess().betweenClass(), "between classes, " + what);

        if (problem.classes() <= EXACT_CLASSES && certified.relativeGap() > 1e-3) {
            double exact = new GlobalSolver(SolveOptions.defaults())
                    .solve(problem.withFeatureDimension(problem.classes()))
                    .objective();
            Close.assertAtMost(0.01 * (objective - exact) + 1e-9 * objective, exact - bound, "slack, " + what);
        }
    }

    private static UfmProblem problem(Seeded seeded) {
        List<Family> families = Family.all().toList();
        Family family = families.get((int) (seeded.seed() % families.size()));
        int classes = (int) Math.round(seeded.logUniform(2, MAX_CLASSES));
        int d = (int) Math.round(seeded.logUniform(2, 2 * classes));
        double exponent = seeded.between(0, 3) * 0.5;
        double largest = seeded.logUniform(1, 300);
        long[] counts = new long[classes];
        for (int k = 0; k < classes; k++) {
            counts[k] = Math.max(1, Math.round(largest * Math.pow(k + 1, -exponent)));
        }
        long samples = java.util.Arrays.stream(counts).sum();
        for (int k = 0; samples > 3000 && k < classes; k++) {
            counts[k] = Math.max(1, counts[k] * 3000 / samples);
        }
        ClassCounts classCounts = ClassCounts.of(counts);
        double threshold =
                Math.sqrt((double) java.util.Arrays.stream(counts).max().orElseThrow()) / classCounts.samples();
        double mu = threshold * seeded.logUniform(0.003, 1.1);
        double ratio = seeded.logUniform(0.1, 10);
        Bias bias = family.bias() == BiasKind.NONE
                ? new Bias.None()
                : family.bias() == BiasKind.FREE ? new Bias.Free() : new Bias.Regularised(seeded.logUniform(1e-3, 1));
        return new UfmProblem(family.loss(), classCounts, d, mu * ratio, mu / ratio, bias);
    }

    private static UfmPoint descend(UfmModel model, UfmPoint start, int iterations) {
        if (iterations == 0) {
            return start;
        }
        UfmObjective objective = model.objective();
        Limits limits = Limits.defaults().withMaxIterations(iterations);
        return objective.toPoint(new Lbfgs(Lbfgs.Options.defaults())
                .minimize(objective, objective.toVector(start), limits, IterationListener.SILENT)
                .point());
    }
}
