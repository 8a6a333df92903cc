package io.github.collapse4j.djl.network;

import static io.github.collapse4j.testkit.Close.assertAtLeast;
import static io.github.collapse4j.testkit.Close.assertAtMost;
import static io.github.collapse4j.testkit.Close.assertClose;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import io.github.collapse4j.djl.CollapseMeter;
import io.github.collapse4j.djl.CollapseState;
import io.github.collapse4j.djl.FeatureTap;
import io.github.collapse4j.djl.LinearHead;
import io.github.collapse4j.djl.ProbedLayer;
import io.github.collapse4j.djl.UfmLoss;
import io.github.collapse4j.djl.optim.PenalizedSgd;
import io.github.collapse4j.djl.optim.Penalties;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.TrainingLoss;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The unconstrained feature model, trained through DJL in float32, reaches the minimum that core certifies. */
@Tag("heavy")
class FreeFeaturesTest {
    private static final int CLASSES = 4;
    private static final int PER_CLASS = 5;
    private static final double LAMBDA = 5e-3;

    @ParameterizedTest
    @CsvSource({"SOFTMAX, 4", "SOFTMAX, 3", "SOFTMAX, 9", "SIGMOID, 4", "SQUARED, 4", "SQUARED, 9"})
    void reachesTheCertifiedMinimum(TrainingLoss.Kind kind, int d) throws Exception {
        int samples = CLASSES * PER_CLASS;
        int[] labels = new int[samples];
        Arrays.setAll(labels, i -> i / PER_CLASS);
        long[] asLongs = Arrays.stream(labels).asLongStream().toArray();
        double lambdaH = LAMBDA / samples;
        Loss loss = TrainingLoss.of(kind).ofClasses(ClassCounts.ofLabels(labels, CLASSES));
        FeatureTap network = new FeatureTap(
                        new FreeFeatures(samples, d),
                        Linear.builder().setUnits(CLASSES).optBias(false).build())
                .exposingFeatures();
        network.setInitializer(new SeededInitializer(1, 0.3), Parameter.Type.WEIGHT);
        Penalties penalties = Penalties.explicit(network, LAMBDA, 0, 0);
        PenalizedSgd optimizer = new PenalizedSgd(penalties, 0.9);
        try (Model model = Model.newInstance("test", Device.cpu(), "PyTorch")) {
            model.setBlock(network);
            DefaultTrainingConfig config = new DefaultTrainingConfig(UfmLoss.penalized(loss, lambdaH, samples))
                    .optOptimizer(optimizer)
                    .optDevices(new Device[] {Device.cpu()});
            try (Trainer trainer = model.newTrainer(config)) {
                trainer.initialize(new Shape(samples, 1));
                optimizer.setLearningRate(kind == TrainingLoss.Kind.SQUARED ? 0.3 : 1);
                for (int step = 0; step < 4000; step++) {
                    step(trainer, asLongs);
                }
                ProbedLayer layer = new ProbedLayer(
                        features(network, samples, d),
                        labels,
                        LinearHead.of(network.head()).classifier(),
                        new double[CLASSES],
                        false);
                CollapseState state = new CollapseMeter(CollapseMeter.Options.of(loss, LAMBDA, lambdaH, 0, samples))
                        .measure(1, layer);
                assertAtMost(1e-4, state.relativeGap(), "certified relative gap");
                assertAtLeast(-1e-6, state.relativeGap(), "nothing is below a certified bound");
                assertClose(1, state.sigmaOverMu(), 1e-2, "σ_max/μ");
                assertAtMost(1e-4, state.nc1(), "NC1");
            }
        } finally {
            optimizer.close();
        }
    }

    private static void step(Trainer trainer, long[] labels) {
        try (var scope = trainer.getManager().newSubManager()) {
            NDList nothing = new NDList(scope.zeros(new Shape(labels.length, 1)));
            NDList classes = new NDList(scope.create(labels));
            try (GradientCollector collector = trainer.newGradientCollector()) {
                NDList predictions = trainer.forward(nothing, classes);
                NDArray loss = trainer.getLoss().evaluate(classes, predictions);
                collector.backward(loss);
            }
            trainer.step();
        }
    }

    private static Matrix features(FeatureTap network, int samples, int d) {
        float[] rows =
                network.body().getParameters().get(0).getValue().getArray().toFloatArray();
        double[] columns = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            columns[i] = rows[i];
        }
        return Matrix.wrap(d, samples, columns);
    }
}
