package io.github.collapse4j.lastlayer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.lastlayer.LastLayerAnalysis.Options;
import io.github.collapse4j.lastlayer.LastLayerCertificate.Certified;
import io.github.collapse4j.lastlayer.LayerAssessment.Seen;
import io.github.collapse4j.lastlayer.LayerAssessor.Retraining;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.GlobalSolver;
import io.github.collapse4j.solve.SolveListener;
import io.github.collapse4j.solve.SolveOptions;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The three statements on a layer (docs/theory.md §8). */
class LayerAssessorTest {
    /** Sums over a hundred samples, of terms a few times their result. */
    private static final double EXACT = 1e-11;

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

    private static LayerAssessment assess(Options options, LastLayer layer) {
        return new LayerAssessor(options, Retraining.IF_CHEAP, SolveListener.SILENT).assess(PresentClasses.all(layer));
    }

    private static Options implied(Loss loss) {
        return Options.of(loss);
    }

    private static Options withDecay(Loss loss, double weightDecay) {
        return new Options(
                loss,
                new Penalties.Given(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.of(weightDecay)),
                0,
                1e-3);
    }

    private static UfmProblem problem(Loss loss, int d) {
        return new UfmProblem(loss, ClassCounts.of(30, 20, 20, 10), d, 5e-3, 1e-3, Bias.ofLambda(0));
    }

    /** Class means near the rows of W, so that the implied penalties are positive, and noise. */
    private static UfmPoint trained(UfmModel model, Seeded seeded) {
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

    /**
     * A common offset, dimensions that no row of W uses, and, for a softmax, a common vector in the rows of W change
     * nothing that the head sees.
     */
    @ParameterizedTest
    @MethodSource("cases")
    void whatChangesNoPredictionIsNotSeen(Case example) {
        Loss loss = example.loss();
        Seeded seeded = example.seeded();
        UfmModel model = UfmModel.full(problem(loss, 3));
        UfmPoint point = trained(model, seeded);
        int n = model.columns();
        int[] labels = new int[n];
        double[] mean = new double[3];
        for (int j = 0; j < n; j++) {
            labels[j] = model.label(j);
            for (int a = 0; a < 3; a++) {
                mean[a] += point.features().get(a, j) / n;
            }
        }
        int wide = 7;
        Matrix basis = LinearAlgebra.svd(Matrix.wrap(wide, wide, seeded.gaussian(wide * wide, 1)))
                .u();
        double[] offset = seeded.gaussian(wide, 5);
        double[] common = loss.isShiftInvariant() ? seeded.gaussian(wide, 1) : new double[wide];
        Matrix features = Matrix.zeros(wide, n);
        Matrix weights = Matrix.zeros(4, wide);
        for (int j = 0; j < n; j++) {
            for (int a = 0; a < wide; a++) {
                double noise = seeded.gaussian(1, 2)[0];
                for (int i = 0; i < wide; i++) {
                    double entry = a < 3 ? point.features().get(a, j) : a == 3 ? 0 : noise;
                    features.set(i, j, features.get(i, j) + basis.get(i, a) * entry);
                }
            }
            for (int i = 0; i < wide; i++) {
                features.set(i, j, features.get(i, j) + offset[i]);
            }
        }
        double[] bias = point.bias().clone();
        for (int k = 0; k < 4; k++) {
            for (int i = 0; i < wide; i++) {
                double entry = common[i];
                for (int a = 0; a < 3; a++) {
                    entry += basis.get(i, a) * point.classifier().get(k, a);
                }
                weights.set(k, i, entry);
                bias[k] -= entry * offset[i];
            }
        }
        LastLayer raw = LastLayer.withBias(Layers.samples(features, labels, 4), weights, bias);
        LayerAssessment found = assess(implied(loss), raw);
        Seen seen = found.seen().orElseThrow();
        Seen expected =
                assess(implied(loss), Layers.of(model, labels, point)).seen().orElseThrow();
        String what = example.toString();

        assertTrue(seen.isCentred(), what);
        LastLayerCertificate own = expected.certificate();
        LastLayerCertificate other = seen.certificate();
        Close.assertClose(own.loss(), other.loss(), EXACT, "loss, " + what);
        Close.assertClose(own.implied().lambdaW(), other.implied().lambdaW(), EXACT, "λ_W, " + what);
        Close.assertClose(own.implied().lambdaH(), other.implied().lambdaH(), EXACT, "λ_H, " + what);
        Close.assertClose(own.sigmaMax(), other.sigmaMax(), EXACT, "σ_max, " + what);
        Close.assertClose(own.residualH(), other.residualH(), EXACT, "H, " + what);
        Certified certified = own.certified().orElseThrow();
        Certified otherCertified = other.certified().orElseThrow();
        Close.assertClose(certified.objective(), otherCertified.objective(), EXACT, "objective, " + what);
        Close.assertClose(
                certified.lowerBound().value(), otherCertified.lowerBound().value(), 1e-8, "bound, " + what);
        // The raw layer pays for all of it.
        assertTrue(
                found.raw().certified().isEmpty()
                        || found.raw().certified().get().relativeGap() > otherCertified.relativeGap() + 0.05,
                what);

        FeatureShares shares = seen.shares();
        Close.assertClose(
                1, shares.offset() + shares.unseen() + shares.spread() + shares.signal(), 1e-14, "sum, " + what);
        double squares = features.dot(features);
        double ofOffset = 0;
        for (int i = 0; i < wide; i++) {
            double entry = 0;
            for (int j = 0; j < n; j++) {
                entry += features.get(i, j) / n;
            }
            ofOffset += n * entry * entry;
        }
        Close.assertClose(ofOffset / squares, shares.offset(), EXACT, "offset, " + what);
        assertTrue(shares.unseen() > 0, what);
        FeatureShares narrow = expected.shares();
        Close.assertClose(
                narrow.spread() / narrow.signal(), shares.spread() / shares.signal(), EXACT, "spread, " + what);
    }

    /** A penalty on the bias forbids moving the offset into it; a layer without a bias has no place for it. */
    @Test
    void anOffsetIsMovedOnlyIntoAFreeBias() {
        UfmModel model = UfmModel.full(problem(new CrossEntropy(), 3));
        UfmPoint point = trained(model, Seeded.of(4110));
        int[] labels = Layers.shuffledLabels(model.problem(), Seeded.of(4111));
        UfmModel shuffled = UfmModel.full(model.problem(), labels);
        LastLayer free = Layers.of(shuffled, labels, point);
        Options penalised = new Options(new CrossEntropy(), Penalties.Given.none(), 0.1, 1e-3);
        LastLayer none = LastLayer.withoutBias(free.samples(), free.classifier());
        assertTrue(
                assess(implied(new CrossEntropy()), free).seen().orElseThrow().isCentred());
        for (Seen seen : List.of(
                assess(penalised, free).seen().orElseThrow(),
                assess(implied(new CrossEntropy()), none).seen().orElseThrow())) {
            assertFalse(seen.isCentred());
        }
        LayerAssessment assessment = assess(penalised, free);
        Close.assertClose(
                assessment.raw().loss(),
                assessment.seen().orElseThrow().certificate().loss(),
                EXACT,
                "loss");
    }

    /** At a global minimum there is nothing to gain by any of the three statements. */
    @ParameterizedTest
    @MethodSource("optima")
    void aGlobalMinimumIsOneInEveryView(UfmProblem problem) {
        UfmModel model = UfmModel.full(problem);
        UfmPoint best = model.expand(
                new GlobalSolver(SolveOptions.defaults()).solve(problem).point());
        int[] labels = new int[model.columns()];
        for (int j = 0; j < labels.length; j++) {
            labels[j] = model.label(j);
        }
        LayerAssessment found = assess(implied(problem.loss()), Layers.of(model, labels, best));
        assertInstanceOf(Verdict.GlobalMinimum.class, found.raw().verdict());
        assertInstanceOf(
                Verdict.GlobalMinimum.class,
                found.seen().orElseThrow().certificate().verdict());
        Close.assertClose(problem.lambdaW(), found.head().orElseThrow().impliedLambdaW(), 1e-6, "implied λ_W");
    }

    static Stream<UfmProblem> optima() {
        return Stream.of(new CrossEntropy(), new SquaredError()).map(loss -> problem(loss, 4));
    }

    /** The certified range contains what a solution to the last digit gains, and the bound at the start. */
    @ParameterizedTest
    @MethodSource("cases")
    void theGainOfTheBestHeadIsInItsCertifiedRange(Case example) {
        Loss loss = example.loss();
        UfmProblem problem = problem(loss, 3);
        UfmModel model = UfmModel.full(problem);
        UfmPoint point = trained(model, example.seeded());
        int[] labels = new int[model.columns()];
        for (int j = 0; j < labels.length; j++) {
            labels[j] = model.label(j);
        }
        double lambda = 0.02;
        HeadStatement head = assess(withDecay(loss, lambda), Layers.of(model, labels, point))
                .head()
                .orElseThrow();
        DenseHead dense = new DenseHead(model, point.features(), lambda, lambda);
        double start = dense.value(dense.vector(point));
        Close.assertClose(start, head.objective(), 1e-13, "F");
        double[] gradient = new double[dense.dimension()];
        dense.linearize(dense.vector(point), gradient);
        double squares = 0;
        for (double slope : gradient) {
            squares += slope * slope;
        }
        Close.assertClose(Math.min(1, squares / (2 * lambda) / start), head.gradientBound(), 1e-12, "bound");
        double best = dense.minimum(point);
        double gain = (start - best) / start;
        double least = head.solved().orElseThrow().gain();
        assertTrue(least <= gain + 1e-12 && gain <= head.most() + 1e-12, example + ": " + gain + " in " + head);
        DenseHead free = new DenseHead(model, point.features(), lambda, 0);
        double freeStart = free.value(free.vector(point));
        double freeGain = (freeStart - free.minimum(point)) / freeStart;
        double found = head.solved().orElseThrow().gainOfFreeBias();
        assertTrue(found <= freeGain + 1e-12 && found >= 0.9 * freeGain, example + ": " + found + " of " + freeGain);
        assertTrue(head.most() <= head.gradientBound(), example.toString());
        assertTrue(head.most() - least <= 1e-3, example.toString());
    }

    /** With λ_b assumed, a shorter bias is no gain: a common shift of it changes neither predictions nor a free model. */
    @Test
    void aLargeFreeBiasIsNothingToGainFrom() {
        UfmProblem problem = problem(new CrossEntropy(), 4);
        UfmModel model = UfmModel.full(problem);
        UfmPoint best = model.expand(
                new GlobalSolver(SolveOptions.defaults()).solve(problem).point());
        double[] shifted = Arrays.stream(best.bias()).map(b -> b + 20).toArray();
        UfmPoint point = new UfmPoint(best.classifier(), best.features(), shifted);
        LastLayer layer = Layers.of(model, ordered(model), point);
        HeadStatement head = assess(implied(problem.loss()), layer).head().orElseThrow();
        assertTrue(head.isLambdaBAssumed());
        assertTrue(head.solved().orElseThrow().gain() > 0.5, head.toString());
        Close.assertAtMost(1e-8, head.least().orElseThrow(), "gain with a free bias");
        Options penalised = new Options(problem.loss(), Penalties.Given.none(), problem.lambdaW(), 1e-3);
        HeadStatement given = assess(penalised, layer).head().orElseThrow();
        assertFalse(given.isLambdaBAssumed());
        assertEquals(given.solved().orElseThrow().gain(), given.least().orElseThrow());
        assertFalse(assess(implied(problem.loss()), LastLayer.withoutBias(layer.samples(), layer.classifier()))
                .head()
                .orElseThrow()
                .isLambdaBAssumed());
    }

    @Test
    void theBestHeadHasNothingToGain() {
        UfmProblem problem = problem(new CrossEntropy(), 3);
        UfmModel model = UfmModel.full(problem);
        UfmPoint point = trained(model, Seeded.of(4120));
        double lambda = 0.02;
        DenseHead dense = new DenseHead(model, point.features(), lambda, lambda);
        int[] labels = new int[model.columns()];
        for (int j = 0; j < labels.length; j++) {
            labels[j] = model.label(j);
        }
        HeadStatement head = assess(withDecay(problem.loss(), lambda), Layers.of(model, labels, dense.minimiser(point)))
                .head()
                .orElseThrow();
        assertTrue(head.gradientBound() < 1e-12, head.toString());
        Close.assertClose(lambda, head.impliedLambdaW(), 1e-7, "implied λ_W");
    }

    /** Labels of other classes than W separates: smaller logits would help, so the weight decay stands in. */
    @Test
    void theWeightDecayStandsInForAPenaltyThatIsNotPositive() {
        UfmProblem problem = problem(new CrossEntropy(), 3);
        UfmModel model = UfmModel.full(problem);
        UfmPoint point = trained(model, Seeded.of(4130));
        int[] labels = new int[model.columns()];
        for (int j = 0; j < labels.length; j++) {
            labels[j] = (model.label(j) + 1) % 4;
        }
        LastLayer layer = Layers.of(UfmModel.full(problem), labels, point);
        LastLayerCertificate without = assess(implied(problem.loss()), layer).raw();
        assertTrue(without.implied().mu() < 0);
        assertTrue(without.certified().isEmpty());
        LastLayerCertificate with =
                assess(withDecay(problem.loss(), 3e-3), layer).raw();
        assertEquals(3e-3, with.lambdaW());
        double normW = point.classifier().norm();
        double normH = point.features().norm();
        Close.assertClose(3e-3 * normW * normW / (normH * normH), with.lambdaH(), 1e-14, "λ_H");
        assertEquals(Penalties.Source.WEIGHT_DECAY, with.penalties().sourceW());
        assertEquals(Penalties.Source.BALANCE, with.penalties().sourceH());
        assertTrue(with.certified().isPresent());
        // Implied penalties that are positive are used, and given ones always.
        LastLayer right = Layers.of(UfmModel.full(problem), ordered(model), point);
        assertEquals(
                Penalties.Source.IMPLIED,
                assess(withDecay(problem.loss(), 3e-3), right).raw().penalties().sourceW());
    }

    private static int[] ordered(UfmModel model) {
        int[] labels = new int[model.columns()];
        for (int j = 0; j < labels.length; j++) {
            labels[j] = model.label(j);
        }
        return labels;
    }

    /** A layer with outputs for absent classes is that of the present ones. */
    @Test
    void absentClassesAreLeftOut() {
        UfmProblem problem = problem(new CrossEntropy(), 3);
        UfmModel model = UfmModel.full(problem);
        UfmPoint point = trained(model, Seeded.of(4140));
        int[] labels = ordered(model);
        LastLayer small = Layers.of(model, labels, point);
        int[] present = {1, 2, 5, 6};
        Matrix weights = Matrix.wrap(8, 3, Seeded.of(4141).gaussian(24, 1));
        double[] bias = new double[8];
        int[] sparse = new int[labels.length];
        for (int k = 0; k < 4; k++) {
            bias[present[k]] = point.bias()[k];
            for (int a = 0; a < 3; a++) {
                weights.set(present[k], a, point.classifier().get(k, a));
            }
        }
        for (int j = 0; j < labels.length; j++) {
            sparse[j] = present[labels[j]];
        }
        LastLayer large = LastLayer.withBias(Layers.samples(point.features(), sparse, 8), weights, bias);
        LayerAssessor assessor = new LayerAssessor(implied(problem.loss()), Retraining.IF_CHEAP, SolveListener.SILENT);
        EmptyClassException empty =
                assertThrows(EmptyClassException.class, () -> assessor.assess(PresentClasses.all(large)));
        PresentClasses found = PresentClasses.of(large, empty.present());
        assertEquals(List.of(0, 3, 4, 7), found.absent());
        LayerAssessment assessment = assessor.assess(found);
        LayerAssessment expected = assess(implied(problem.loss()), small);
        assertEquals(expected.raw(), assessment.raw());
        assertEquals(expected.head(), assessment.head());
        assertEquals(
                expected.seen().orElseThrow().certificate(),
                assessment.seen().orElseThrow().certificate());
        assertThrows(TooFewClassesException.class, () -> PresentClasses.of(large, new int[] {3}));
    }

    /** Equal rows of W tell nothing apart, so that a softmax sees no feature. */
    @Test
    void equalRowsSeeNothing() {
        Matrix weights = Matrix.zeros(4, 3);
        Arrays.fill(weights.data(), 1);
        UfmModel model = UfmModel.full(problem(new CrossEntropy(), 3));
        LastLayer layer = LastLayer.withBias(
                Layers.samples(trained(model, Seeded.of(4150)).features(), ordered(model), 4), weights, new double[4]);
        assertTrue(assess(implied(new CrossEntropy()), layer).seen().isEmpty());
    }
}
