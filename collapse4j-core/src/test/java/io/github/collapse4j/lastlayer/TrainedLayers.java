package io.github.collapse4j.lastlayer;

import io.github.collapse4j.lastlayer.LastLayerAnalysis.Options;
import io.github.collapse4j.lastlayer.LayerAssessor.Retraining;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.SolveListener;
import io.github.collapse4j.testkit.Seeded;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Layers as after a training, and their assessments. */
final class TrainedLayers {
    private TrainedLayers() {}

    record Case(Loss loss, Seeded seeded) {
        @Override
        public String toString() {
            return loss.name() + ", " + seeded;
        }
    }

    static Stream<Case> cases() {
        return Seeded.range(4100, 6)
                .flatMap(seeded ->
                        Stream.of(new Case(new CrossEntropy(), seeded), new Case(new SquaredError(), seeded)));
    }

    static LayerAssessment assess(Options options, LastLayer layer) {
        return new LayerAssessor(options, Retraining.IF_CHEAP, SolveListener.SILENT).assess(PresentClasses.all(layer));
    }

    static Options implied(Loss loss) {
        return Options.of(loss);
    }

    static Options withDecay(Loss loss, double weightDecay) {
        return new Options(
                loss,
                new Penalties.Given(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.of(weightDecay)),
                0,
                1e-3);
    }

    static UfmProblem problem(Loss loss, int d) {
        return new UfmProblem(loss, ClassCounts.of(30, 20, 20, 10), d, 5e-3, 1e-3, Bias.ofLambda(0));
    }

    /** Class means near the rows of W, so that the implied penalties are positive, and noise. */
    static UfmPoint trained(UfmModel model, Seeded seeded) {
        UfmProblem problem = model.problem();
        Matrix weights = Matrix.wrap(
                problem.classes(),
                problem.featureDimension(),
                seeded.gaussian(problem.classes() * problem.featureDimension(), 0.4));
        Matrix features = Matrix.wrap(
                problem.featureDimension(),
                model.columns(),
                seeded.gaussian(problem.featureDimension() * model.columns(), 0.1));
        for (int j = 0; j < model.columns(); j++) {
            for (int a = 0; a < problem.featureDimension(); a++) {
                features.set(a, j, features.get(a, j) + 0.5 * weights.get(model.label(j), a));
            }
        }
        return new UfmPoint(weights, features, seeded.gaussian(problem.classes(), 0.2));
    }

    static int[] ordered(UfmModel model) {
        int[] labels = new int[model.columns()];
        for (int j = 0; j < labels.length; j++) {
            labels[j] = model.label(j);
        }
        return labels;
    }
}
