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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The three statements on a layer (docs/theory.md §8). */
class LayerAssessorTest {
    /** Sums over a hundred samples, of terms a few times their result. */
    private static final double EXACT = 1e-11;

    /**
     * A common offset, dimensions that no row of W uses, and, for a softmax, a common vector in the rows of W change
     * nothing that the head sees.
     */
    @ParameterizedTest
    @MethodSource("io.github.collapse4j.lastlayer.TrainedLayers#cases")
    void whatChangesNoPredictionIsNotSeen(TrainedLayers.Case example) {
        Loss loss = example.loss();
        Seeded seeded = example.seeded();
        UfmModel model = UfmModel.full(TrainedLayers.problem(loss, 3));
        UfmPoint point = TrainedLayers.trained(model, seeded);
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
        LayerAssessment found = TrainedLayers.assess(TrainedLayers.implied(loss), raw);
        Seen seen = found.seen().orElseThrow();
        Seen expected = TrainedLayers.assess(TrainedLayers.implied(loss), Layers.of(model, labels, point))
                .seen()
                .orElseThrow();
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
        UfmModel model = UfmModel.full(TrainedLayers.problem(new CrossEntropy(), 3));
        UfmPoint point = TrainedLayers.trained(model, Seeded.of(4110));
        int[] labels = Layers.shuffledLabels(model.problem(), Seeded.of(4111));
        UfmModel shuffled = UfmModel.full(model.problem(), labels);
        LastLayer free = Layers.of(shuffled, labels, point);
        Options penalised = new Options(new CrossEntropy(), Penalties.Given.none(), 0.1, 1e-3);
        LastLayer none = LastLayer.withoutBias(free.samples(), free.classifier());
        assertTrue(TrainedLayers.assess(TrainedLayers.implied(new CrossEntropy()), free)
                .seen()
                .orElseThrow()
                .isCentred());
        for (Seen seen : List.of(
                TrainedLayers.assess(penalised, free).seen().orElseThrow(),
                TrainedLayers.assess(TrainedLayers.implied(new CrossEntropy()), none)
                        .seen()
                        .orElseThrow())) {
            assertFalse(seen.isCentred());
        }
        LayerAssessment assessment = TrainedLayers.assess(penalised, free);
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
        LayerAssessment found =
                TrainedLayers.assess(TrainedLayers.implied(problem.loss()), Layers.of(model, labels, best));
        assertInstanceOf(Verdict.GlobalMinimum.class, found.raw().verdict());
        assertInstanceOf(
                Verdict.GlobalMinimum.class,
                found.seen().orElseThrow().certificate().verdict());
        Close.assertClose(problem.lambdaW(), found.head().orElseThrow().impliedLambdaW(), 1e-6, "implied λ_W");
    }

    static Stream<UfmProblem> optima() {
        return Stream.of(new CrossEntropy(), new SquaredError()).map(loss -> TrainedLayers.problem(loss, 4));
    }

    /** Labels of other classes than W separates: smaller logits would help, so the weight decay stands in. */
    @Test
    void theWeightDecayStandsInForAPenaltyThatIsNotPositive() {
        UfmProblem problem = TrainedLayers.problem(new CrossEntropy(), 3);
        UfmModel model = UfmModel.full(problem);
        UfmPoint point = TrainedLayers.trained(model, Seeded.of(4130));
        int[] labels = new int[model.columns()];
        for (int j = 0; j < labels.length; j++) {
            labels[j] = (model.label(j) + 1) % 4;
        }
        LastLayer layer = Layers.of(UfmModel.full(problem), labels, point);
        LastLayerCertificate without = TrainedLayers.assess(TrainedLayers.implied(problem.loss()), layer)
                .raw();
        assertTrue(without.implied().mu() < 0);
        assertTrue(without.certified().isEmpty());
        LastLayerCertificate with = TrainedLayers.assess(TrainedLayers.withDecay(problem.loss(), 3e-3), layer)
                .raw();
        assertEquals(3e-3, with.lambdaW());
        double normW = point.classifier().norm();
        double normH = point.features().norm();
        Close.assertClose(3e-3 * normW * normW / (normH * normH), with.lambdaH(), 1e-14, "λ_H");
        assertEquals(Penalties.Source.WEIGHT_DECAY, with.penalties().sourceW());
        assertEquals(Penalties.Source.BALANCE, with.penalties().sourceH());
        assertTrue(with.certified().isPresent());
        // Implied penalties that are positive are used, and given ones always.
        LastLayer right = Layers.of(UfmModel.full(problem), TrainedLayers.ordered(model), point);
        assertEquals(
                Penalties.Source.IMPLIED,
                TrainedLayers.assess(TrainedLayers.withDecay(problem.loss(), 3e-3), right)
                        .raw()
                        .penalties()
                        .sourceW());
    }

    /** A layer with outputs for absent classes is that of the present ones. */
    @Test
    void absentClassesAreLeftOut() {
        UfmProblem problem = TrainedLayers.problem(new CrossEntropy(), 3);
        UfmModel model = UfmModel.full(problem);
        UfmPoint point = TrainedLayers.trained(model, Seeded.of(4140));
        int[] labels = TrainedLayers.ordered(model);
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
        LayerAssessor assessor =
                new LayerAssessor(TrainedLayers.implied(problem.loss()), Retraining.IF_CHEAP, SolveListener.SILENT);
        EmptyClassException empty =
                assertThrows(EmptyClassException.class, () -> assessor.assess(PresentClasses.all(large)));
        PresentClasses found = PresentClasses.of(large, empty.present());
        assertEquals(List.of(0, 3, 4, 7), found.absent());
        LayerAssessment assessment = assessor.assess(found);
        LayerAssessment expected = TrainedLayers.assess(TrainedLayers.implied(problem.loss()), small);
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
        UfmModel model = UfmModel.full(TrainedLayers.problem(new CrossEntropy(), 3));
        LastLayer layer = LastLayer.withBias(
                Layers.samples(
                        TrainedLayers.trained(model, Seeded.of(4150)).features(), TrainedLayers.ordered(model), 4),
                weights,
                new double[4]);
        assertTrue(TrainedLayers.assess(TrainedLayers.implied(new CrossEntropy()), layer)
                .seen()
                .isEmpty());
    }
}
