package io.github.collapse4j.solve;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.certificate.Assessor;
import io.github.collapse4j.certificate.DualBound;
import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.curvature.DenseHessian;
import io.github.collapse4j.fixtures.Problems.BiasKind;
import io.github.collapse4j.fixtures.TrainedProblems;
import io.github.collapse4j.fixtures.TrainedProblems.Trained;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.MultiStart;
import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.model.TrainingLoss.Kind;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.optim.Lbfgs;
import io.github.collapse4j.optim.Limits;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.FiniteDifference;
import io.github.collapse4j.testkit.Seeded;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Random problems with smoothing, weights, offsets and soft targets: definition, derivatives, reduction, bound, verdicts. */
class TrainedLossesTest {
    private static final int SEEDS = 12;
    private static final double GAP = 1e-10;

    record Family(Kind kind, BiasKind bias, boolean ofClasses) {
        Trained draw(Seeded seeded) {
            return ofClasses
                    ? TrainedProblems.ofClasses(kind, bias, seeded)
                    : TrainedProblems.ofTargets(kind, bias, seeded);
        }
    }

    static Stream<Family> families() {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> Arrays.stream(BiasKind.values())
                        .flatMap(bias -> Stream.of(true, false).map(ofClasses -> new Family(kind, bias, ofClasses))));
    }

    private static Stream<Seeded> seeds() {
        return Seeded.range(7000, SEEDS);
    }

    @ParameterizedTest
    @MethodSource("families")
    void theLossIsTheMeanThatTrainingComputes(Family family) {
        seeds().forEach(seeded -> {
            Trained trained = family.draw(seeded);
            UfmProblem problem = trained.problem();
            UfmModel model = UfmModel.reduced(problem);
            Matrix logits = Matrix.zeros(problem.classes(), problem.groups());
            System.arraycopy(seeded.gaussian(logits.data().length, 2), 0, logits.data(), 0, logits.data().length);
            Close.assertClose(
                    definition(trained, logits), model.dataTerm().value(logits), 1e-13, 1e-15, trained + ", " + seeded);
        });
    }

    /** PyTorch's definitions, sample weights and all, without any of the library's parameters. */
    private static double definition(Trained trained, Matrix logits) {
        TrainingLoss statement = trained.statement();
        int outputs = logits.rows();
        double[] ones = new double[outputs];
        Arrays.fill(ones, 1);
        double[] weights = statement.classWeights().orElse(ones);
        double[] positives = statement.positiveWeights().orElse(ones);
        double[] margins = statement.margins().orElse(new double[outputs]);
        double epsilon = statement.smoothing();
        double samples = trained.problem().counts().samples();
        double sum = 0;
        double sampleWeights = 0;
        for (int m = 0; m < logits.columns(); m++) {
            double count = trained.problem().counts().count(m);
            double ofSample = trained.ofClasses() ? weights[m] : 1;
            double total = 0;
            double[] z = logits.column(m);
            for (int k = 0; k < outputs; k++) {
                double share = 0;
                for (int j = 0; j < logits.columns(); j++) {
                    share += trained.problem().counts().count(j)
                            * trained.targets().get(k, j)
                            / samples;
                }
                z[k] += statement.logitAdjustment() == 0 ? 0 : statement.logitAdjustment() * Math.log(share);
                z[k] -= k == m && trained.ofClasses() ? margins[k] : 0;
            }
            double logSumExp = Math.log(Arrays.stream(z).map(Math::exp).sum());
            for (int k = 0; k < outputs; k++) {
                double t = (1 - epsilon) * trained.targets().get(k, m) + epsilon / outputs;
                total += switch (statement.kind()) {
                    case SOFTMAX -> weights[k] * t * (logSumExp - z[k]);
                    case SIGMOID ->
                        (trained.ofClasses() ? ofSample : weights[k])
                                * (positives[k] * t * Math.log1p(Math.exp(-z[k]))
                                        + (1 - t) * Math.log1p(Math.exp(z[k])));
                    case SQUARED -> (trained.ofClasses() ? ofSample : weights[k]) * (z[k] - t) * (z[k] - t) / 2;
                };
            }
            sum += count * total;
            sampleWeights += count * ofSample;
        }
        return sum / sampleWeights;
    }

    @ParameterizedTest
    @MethodSource("families")
    void derivativesAgreeWithFiniteDifferences(Family family) {
        seeds().limit(4).forEach(seeded -> {
            UfmProblem problem = family.draw(seeded).problem();
            UfmModel model = UfmModel.reduced(problem);
            UfmObjective objective = model.objective();
            double[] x = objective.toVector(model.randomPoint(seeded.random(), 0.7));
            double[] gradient = new double[x.length];
            objective.linearize(x, gradient);
            Close.assertClose(
                    FiniteDifference.gradient(model.objective()::value, x), gradient, 0, 1e-9, "gradient, " + seeded);
            double[] direction = seeded.gaussian(x.length, 1);
            double[] image = new double[x.length];
            objective.hessianVector(direction, image);
            double[] change = FiniteDifference.derivative(
                    y -> {
                        double[] into = new double[y.length];
                        model.objective().linearize(y, into);
                        return into;
                    },
                    x,
                    direction);
            Close.assertClose(change, image, 0, 1e-8, "Hessian, " + seeded);
            Matrix dense = DenseHessian.of(model, objective.toPoint(x));
            double[] product = new double[x.length];
            for (int j = 0; j < x.length; j++) {
                for (int i = 0; i < x.length; i++) {
                    product[i] += dense.get(i, j) * direction[j];
                }
            }
            Close.assertClose(image, product, 0, 1e-12, "dense Hessian, " + seeded);
        });
    }

    @ParameterizedTest
    @MethodSource("families")
    void theFullModelIsTheReducedOneOnEqualFeatures(Family family) {
        seeds().limit(4).forEach(seeded -> {
            UfmProblem problem = family.draw(seeded).problem();
            UfmModel full = UfmModel.full(problem);
            UfmModel reduced = UfmModel.reduced(problem);
            UfmPoint point = reduced.randomPoint(seeded.random(), 1);
            Close.assertClose(reduced.value(point), full.value(full.expand(point)), 1e-13, "value, " + seeded);
            UfmObjective objective = full.objective();
            UfmObjective ofReduced = reduced.objective();
            double[] gradient = objective.toVector(full.expand(point));
            objective.linearize(gradient.clone(), gradient);
            double[] expected = ofReduced.toVector(point);
            ofReduced.linearize(expected.clone(), expected);
            Close.assertClose(
                    objective.toVector(full.expand(ofReduced.toPoint(expected))), gradient, 1e-12, 1e-15, "gradient");
        });
    }

    @ParameterizedTest
    @MethodSource("families")
    void noPointIsBelowABoundAndTheSolutionReachesIt(Family family) {
        seeds().forEach(seeded -> {
            Trained trained = family.draw(seeded);
            UfmProblem problem = trained.problem();
            String what = trained + ", " + seeded;
            SolveOptions options = SolveOptions.defaults();
            double objective;
            LowerBound bound;
            UfmPoint point;
            if (family.ofClasses()) {
                Solution solution = new GlobalSolver(options).solve(problem);
                objective = solution.objective();
                bound = solution.lowerBound();
                point = solution.point();
            } else {
                TargetSolution solution = new TargetSolver(options).solve(problem);
                objective = solution.objective();
                bound = solution.lowerBound();
                point = solution.point();
            }
            Close.assertAtMost(GAP, bound.relativeGap(objective), "gap, " + what);
            UfmModel model = UfmModel.reduced(problem);
            Close.assertClose(objective, model.value(point), GAP, "value of the factors, " + what);
            double found = lowestFound(model, seeded);
            Close.assertAtMost(found, bound.value(), "lower bound, " + what);
            Close.assertAtMost(found * (1 + GAP), objective, "minimum, " + what);
            for (int i = 0; i < 5; i++) {
                UfmPoint any = model.randomPoint(seeded.random(), seeded.logUniform(0.01, 3));
                double value = DualBound.of(model, any, model.value(any)).value();
                Close.assertAtMost(found, value, "bound of any point, " + what);
            }
        });
    }

    private static double lowestFound(UfmModel model, Seeded seeded) {
        double lowest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < 3; i++) {
            UfmObjective objective = model.objective();
            double[] start = objective.toVector(model.randomPoint(seeded.random(), 0.5));
            double value = new Lbfgs(Lbfgs.Options.defaults())
                    .minimize(
                            objective,
                            start,
                            Limits.defaults().withGradientTolerance(1e-12).withMaxIterations(5000))
                    .value();
            lowest = Math.min(lowest, value);
        }
        return lowest;
    }

    @ParameterizedTest
    @MethodSource("families")
    void everyCriticalPointIsAGlobalMinimumOrAStrictSaddle(Family family) {
        Assessor assessor = new Assessor(Assessor.Options.defaults());
        seeds().forEach(seeded -> {
            UfmProblem drawn = family.draw(seeded).problem();
            for (int d : new int[] {drawn.featureDimension(), drawn.featureDimension() + 1}) {
                UfmProblem problem = drawn.withFeatureDimension(d);
                assertTrue(problem.hasBenignLandscape());
                UfmModel model = UfmModel.reduced(problem);
                for (int rank = 1; rank <= drawn.featureDimension(); rank++) {
                    UfmModel narrow = UfmModel.reduced(problem.withFeatureDimension(rank));
                    for (MultiStart.Minimum minimum : new MultiStart(seeded.seed()).minima(narrow, 2)) {
                        UfmPoint point = minimum.point().padTo(d);
                        Verdict verdict = assessor.assess(model, point).verdict();
                        assertTrue(
                                verdict instanceof Verdict.GlobalMinimum || verdict instanceof Verdict.StrictSaddle,
                                verdict.name() + " of rank " + rank + ", d = " + d + ": " + verdict.explanation() + ", "
                                        + seeded);
                    }
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("families")
    void theLargestRankIsThatOfTheTable(Family family) {
        UfmProblem problem = family.draw(Seeded.of(1)).problem();
        int k = problem.classes();
        int m = problem.groups();
        boolean free = problem.bias() instanceof Bias.Free;
        int expected = Math.min(family.kind() == Kind.SOFTMAX ? k - 1 : k, free ? m - 1 : m);
        assertTrue(problem.maximalRank() == expected, () -> "d* = " + problem.maximalRank() + " for " + family);
    }

    /** The curvature of a column belongs to its own weight, also where weights differ by hundreds. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-4, 7e-4, 2e-3, 5.4e-3, 1.36e-2, 3e-2})
    void weightsOfALongTailDoNotMisleadTheSolver(double mu) {
        ClassCounts counts = ClassCounts.of(5000, 2000, 800, 300, 120, 50, 20, 12);
        double[] weights = TrainingLoss.balancedWeights(counts);
        for (double power : new double[] {1, 2}) {
            double[] powers =
                    Arrays.stream(weights).map(w -> Math.pow(w, power)).toArray();
            Loss loss = TrainingLoss.of(TrainingLoss.Kind.SOFTMAX)
                    .withClassWeights(powers)
                    .ofClasses(counts);
            for (Bias bias : List.of(new Bias.None(), Bias.ofLambda(0.01))) {
                UfmProblem problem = new UfmProblem(loss, counts, 8, mu, mu, bias);
                Solution solution = new GlobalSolver(SolveOptions.defaults()).solve(problem);
                assertTrue(solution.relativeGap() < 1e-9, () -> mu + ", " + bias + ": " + solution.relativeGap());
            }
        }
    }
}
