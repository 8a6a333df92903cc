package io.github.collapse4j.lastlayer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.lastlayer.LastLayerAnalysis.Options;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.GlobalSolver;
import io.github.collapse4j.solve.SolveOptions;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What retraining the head alone can gain (docs/theory.md §8), against dense computations. */
class HeadStatementTest {
    /** The certified range contains what a solution to the last digit gains, and the bound at the start. */
    @ParameterizedTest
    @MethodSource("io.github.collapse4j.lastlayer.TrainedLayers#cases")
    void theGainOfTheBestHeadIsInItsCertifiedRange(TrainedLayers.Case example) {
        Loss loss = example.loss();
        UfmProblem problem = TrainedLayers.problem(loss, 3);
        UfmModel model = UfmModel.full(problem);
        UfmPoint point = TrainedLayers.trained(model, example.seeded());
        int[] labels = new int[model.columns()];
        for (int j = 0; j < labels.length; j++) {
            labels[j] = model.label(j);
        }
        double lambda = 0.02;
        HeadStatement head = TrainedLayers.assess(
                        TrainedLayers.withDecay(loss, lambda), Layers.of(model, labels, point))
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
        UfmProblem problem = TrainedLayers.problem(new CrossEntropy(), 4);
        UfmModel model = UfmModel.full(problem);
        UfmPoint best = model.expand(
                new GlobalSolver(SolveOptions.defaults()).solve(problem).point());
        double[] shifted = Arrays.stream(best.bias()).map(b -> b + 20).toArray();
        UfmPoint point = new UfmPoint(best.classifier(), best.features(), shifted);
        LastLayer layer = Layers.of(model, TrainedLayers.ordered(model), point);
        HeadStatement head = TrainedLayers.assess(TrainedLayers.implied(problem.loss()), layer)
                .head()
                .orElseThrow();
        assertTrue(head.isLambdaBAssumed());
        assertTrue(head.solved().orElseThrow().gain() > 0.5, head.toString());
        Close.assertAtMost(1e-8, head.least().orElseThrow(), "gain with a free bias");
        Options penalised = new Options(problem.loss(), Penalties.Given.none(), problem.lambdaW(), 1e-3);
        HeadStatement given = TrainedLayers.assess(penalised, layer).head().orElseThrow();
        assertFalse(given.isLambdaBAssumed());
        assertEquals(given.solved().orElseThrow().gain(), given.least().orElseThrow());
        assertFalse(TrainedLayers.assess(
                        TrainedLayers.implied(problem.loss()),
                        LastLayer.withoutBias(layer.samples(), layer.classifier()))
                .head()
                .orElseThrow()
                .isLambdaBAssumed());
    }

    @Test
    void theBestHeadHasNothingToGain() {
        UfmProblem problem = TrainedLayers.problem(new CrossEntropy(), 3);
        UfmModel model = UfmModel.full(problem);
        UfmPoint point = TrainedLayers.trained(model, Seeded.of(4120));
        double lambda = 0.02;
        DenseHead dense = new DenseHead(model, point.features(), lambda, lambda);
        int[] labels = new int[model.columns()];
        for (int j = 0; j < labels.length; j++) {
            labels[j] = model.label(j);
        }
        HeadStatement head = TrainedLayers.assess(
                        TrainedLayers.withDecay(problem.loss(), lambda),
                        Layers.of(model, labels, dense.minimiser(point)))
                .head()
                .orElseThrow();
        assertTrue(head.gradientBound() < 1e-12, head.toString());
        Close.assertClose(lambda, head.impliedLambdaW(), 1e-7, "implied λ_W");
    }
}
