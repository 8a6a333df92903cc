package io.github.collapse4j.djl.optim;

import static io.github.collapse4j.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import io.github.collapse4j.djl.FeatureTap;
import io.github.collapse4j.djl.LinearHead;
import io.github.collapse4j.testkit.Seeded;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The engine's steps compared with hand-written ones, on θ ↦ ½‖θx‖², whose gradient is known. */
class PenalizedOptimizerTest {
    private static final int UNITS = 3;
    private static final double LAMBDA_W = 0.3;
    private static final double LAMBDA_BODY = 0.05;
    private static final double[] RATES = {0.1, 0.1, 0.02, 0.07};

    /** A hand-written step: weights, gradient with penalty, state, step number, rate. */
    private interface Reference {
        void step(double[] weights, double[] gradient, double[][] state, int step, double rate);
    }

    @Test
    void sgdIsHeavyBallWithPenalties() {
        check(penalties -> new PenalizedSgd(penalties, 0.8), (w, g, state, step, rate) -> {
            for (int i = 0; i < w.length; i++) {
                state[0][i] = 0.8 * state[0][i] + rate * g[i];
                w[i] -= state[0][i];
            }
        });
    }

    @Test
    void withoutMomentumItIsGradientDescent() {
        check(penalties -> new PenalizedSgd(penalties, 0), (w, g, state, step, rate) -> {
            for (int i = 0; i < w.length; i++) {
                w[i] -= rate * g[i];
            }
        });
    }

    @Test
    void adamIsAdamWithPenaltiesInTheGradient() {
        check(PenalizedAdam::new, (w, g, state, step, rate) -> {
            for (int i = 0; i < w.length; i++) {
                state[0][i] = 0.9 * state[0][i] + 0.1 * g[i];
                state[1][i] = 0.999 * state[1][i] + 0.001 * g[i] * g[i];
                double mean = state[0][i] / (1 - Math.pow(0.9, step));
                double variance = state[1][i] / (1 - Math.pow(0.999, step));
                w[i] -= rate * mean / (Math.sqrt(variance) + 1e-8);
            }
        });
    }

    /** Head W (3×2) on body V (2×2) without biases; the loss is ½‖W V x‖² for one x, x = e₁ + 2e₂. */
    private static void check(Function<Penalties, PenalizedOptimizer> make, Reference reference) {
        FeatureTap network = new FeatureTap(
                Linear.builder().setUnits(2).optBias(false).build(),
                Linear.builder().setUnits(UNITS).optBias(false).build());
        PenalizedOptimizer optimizer = make.apply(Penalties.explicit(network, LAMBDA_W, 0, LAMBDA_BODY));
        try (Model model = Model.newInstance("test", Device.cpu(), "PyTorch")) {
            model.setBlock(network);
            DefaultTrainingConfig config = new DefaultTrainingConfig(Loss.l2Loss())
                    .optOptimizer(optimizer)
                    .optDevices(new Device[] {Device.cpu()});
            try (Trainer trainer = model.newTrainer(config)) {
                trainer.initialize(new Shape(1, 2));
                NDArray weights = LinearHead.of(network.head()).weight().getArray();
                NDArray body = network.body().getParameters().get(0).getValue().getArray();
                double[] w = start(weights, 1);
                double[] v = start(body, 2);
                double[][] stateW = new double[2][w.length];
                double[][] stateV = new double[2][v.length];
                for (int step = 0; step < RATES.length; step++) {
                    optimizer.setLearningRate(RATES[step]);
                    optimizer.beginStep(step);
                    engineStep(trainer);
                    double[] h = {v[0] + 2 * v[1], v[2] + 2 * v[3]};
                    double[] z = new double[UNITS];
                    double[] byW = new double[w.length];
                    double[] byH = new double[2];
                    for (int k = 0; k < UNITS; k++) {
                        z[k] = w[2 * k] * h[0] + w[2 * k + 1] * h[1];
                        for (int j = 0; j < 2; j++) {
                            byW[2 * k + j] = z[k] * h[j] + LAMBDA_W * w[2 * k + j];
                            byH[j] += z[k] * w[2 * k + j];
                        }
                    }
                    double[] byV = {
                        byH[0] + LAMBDA_BODY * v[0],
                        2 * byH[0] + LAMBDA_BODY * v[1],
                        byH[1] + LAMBDA_BODY * v[2],
                        2 * byH[1] + LAMBDA_BODY * v[3]
                    };
                    reference.step(w, byW, stateW, step + 1, RATES[step]);
                    reference.step(v, byV, stateV, step + 1, RATES[step]);
                    // float32
                    assertClose(w, doubles(weights.toFloatArray()), 1e-5, 0, "W after step " + step);
                    assertClose(v, doubles(body.toFloatArray()), 1e-5, 0, "V after step " + step);
                }
            }
        } finally {
            optimizer.close();
        }
    }

    private static void engineStep(Trainer trainer) {
        NDArray x = trainer.getManager().create(new float[] {1, 2}, new Shape(1, 2));
        try (GradientCollector collector = trainer.newGradientCollector()) {
            NDArray z = trainer.forward(new NDList(x), new NDList(x)).singletonOrThrow();
            // not mul(0.5f): see CollectedGarbageTest
            collector.backward(z.square().sum().mul(trainer.getManager().create(0.5f)));
        }
        trainer.step();
    }

    private static double[] start(NDArray array, long seed) {
        double[] entries = Seeded.of(seed).gaussian((int) array.size(), 0.5);
        float[] floats = new float[entries.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) entries[i];
            entries[i] = floats[i];
        }
        array.set(floats);
        return entries;
    }

    private static double[] doubles(float[] floats) {
        double[] doubles = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }

    @Test
    void schedulesHaveTheirInitialAndFinalRates() {
        for (LearningRate rate :
                List.of(new LearningRate.Constant(0.5), new LearningRate.Steps(0.5), new LearningRate.Cosine(0.5))) {
            assertClose(0.5, rate.at(0, 90), 1e-15, rate + " at first");
        }
        LearningRate steps = new LearningRate.Steps(0.5);
        assertArrayEquals(
                new double[] {0.5, 0.05, 0.05, 0.005},
                new double[] {steps.at(29, 90), steps.at(30, 90), steps.at(59, 90), steps.at(60, 90)});
        LearningRate cosine = new LearningRate.Cosine(0.5);
        assertClose(0.25, cosine.at(45, 90), 1e-15, "half way");
        assertClose(0, cosine.at(90, 90), 0, 1e-16, "at last");
        assertThrows(IllegalArgumentException.class, () -> new LearningRate.Cosine(0));
    }
}
