package io.github.collapse4j.nonnegative;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.SolveOptions;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No value that an independent method finds is below the bound, nor below a certified minimum. */
class RandomProblemsTest {
    @Test
    void someProblems() {
        Seeded.range(1, 12).forEach(RandomProblemsTest::check);
    }

    @Test
    @Tag("slow")
    void aThousandProblems() {
        Seeded.range(1000, 1000).forEach(RandomProblemsTest::check);
    }

    private static void check(Seeded seeded) {
        RandomGenerator random = seeded.random();
        int classes = 2 + random.nextInt(5);
        ClassCounts counts = ClassCounts.of(
                LongStream.generate(() -> 1 + random.nextInt(40)).limit(classes).toArray());
        TrainingLoss loss = TrainingLoss.of(List.of(TrainingLoss.Kind.values()).get(random.nextInt(3)));
        if (random.nextBoolean()) {
            loss = loss.withSmoothing(0.2 * random.nextDouble());
        }
        if (random.nextInt(3) == 0) {
            loss = loss.withClassWeights(positive(random, classes));
        }
        if (loss.kind() == TrainingLoss.Kind.SOFTMAX && random.nextInt(3) == 0) {
            loss = loss.withMargins(positive(random, classes));
        }
        if (loss.kind() == TrainingLoss.Kind.SOFTMAX && random.nextInt(3) == 0) {
            loss = loss.withLogitAdjustment(random.nextDouble());
        }
        if (loss.kind() == TrainingLoss.Kind.SIGMOID && random.nextBoolean()) {
            loss = loss.withPositiveWeights(positive(random, classes));
        }
        Bias bias = Stream.of(new Bias.None(), new Bias.Free(), new Bias.Regularised(0.05))
                .skip(random.nextInt(3))
                .findFirst()
                .orElseThrow();
        double lambda = Math.pow(10, -2.5 + 1.2 * random.nextDouble());
        UfmProblem problem = new UfmProblem(
                loss.ofClasses(counts),
                counts,
                1 + random.nextInt(classes + 2),
                lambda,
                lambda * (0.3 + random.nextDouble()),
                bias);
        NonnegativeSolution solution =
                new NonnegativeSolver(SolveOptions.defaults()).solve(new NonnegativeProblem(problem));
        double bound = solution.lowerBound().value();
        String name = seeded + " " + problem;
        Close.assertAtMost(solution.objective() * (1 + 1e-14), bound, name);
        UfmModel model = UfmModel.reduced(problem);
        for (int start = 0; start < 3; start++) {
            double found = projectedGradient(model, model.randomPoint(random, 1));
            Close.assertAtMost(found * (1 + 1e-14), bound, name);
            if (solution.relativeGap() <= 1e-10) {
                Close.assertAtMost(found * (1 + 1e-10), solution.objective(), name);
            }
        }
    }

    private static double[] positive(RandomGenerator random, int count) {
        return random.doubles(count, 0.4, 2).toArray();
    }

    /** Gradient steps of backtracked length, each followed by the projection onto H ≥ 0. */
    private static double projectedGradient(UfmModel model, UfmPoint start) {
        UfmObjective objective = model.objective();
        Matrix features = start.features().copy();
        for (int i = 0; i < features.data().length; i++) {
            features.data()[i] = Math.abs(features.data()[i]);
        }
        double[] x = objective.toVector(new UfmPoint(start.classifier(), features, start.bias()));
        int from = start.classifier().data().length;
        int to = from + features.data().length;
        double[] gradient = new double[x.length];
        double value = objective.linearize(x, gradient);
        double step = 1;
        for (int iteration = 0; iteration < 400 && step > 1e-12; iteration++) {
            double[] trial = new double[x.length];
            for (int i = 0; i < x.length; i++) {
                double next = x[i] - step * gradient[i];
                trial[i] = i >= from && i < to ? Math.max(0, next) : next;
            }
            double found = objective.value(trial);
            if (found < value) {
                x = trial;
                value = objective.linearize(x, gradient);
                step *= 1.5;
            } else {
                step /= 2;
            }
        }
        return value;
    }
}
