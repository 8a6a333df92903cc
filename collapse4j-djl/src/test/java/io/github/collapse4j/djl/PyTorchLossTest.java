package io.github.collapse4j.djl;

import static io.github.collapse4j.testkit.Close.assertClose;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.testkit.GoldenBytes;
import io.github.collapse4j.testkit.Seeded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values and gradients against PyTorch's own losses, see {@code torch/generate_losses.py}. */
class PyTorchLossTest {
    private static final int SAMPLES = 60;

    @TempDir
    private static Path folder;

    private static Model torch;

    @BeforeAll
    static void loadPyTorchsLosses() throws IOException, MalformedModelException {
        Files.write(folder.resolve("losses.pt"), GoldenBytes.load(PyTorchLossTest.class, "/torch/losses.pt"));
        torch = Model.newInstance("losses", Device.cpu(), "PyTorch");
        torch.load(folder, "losses");
    }

    @AfterAll
    static void close() {
        torch.close();
    }

    @ParameterizedTest
    @CsvSource({
        // kind, smoothing, class weights, tau, margins, positive weights
        "SOFTMAX, 0, false, 0, false, false",
        "SOFTMAX, 0.1, false, 0, false, false",
        "SOFTMAX, 0, true, 0, false, false",
        "SOFTMAX, 0.3, true, 0, false, false",
        "SOFTMAX, 0, false, 1.5, false, false",
        "SOFTMAX, 0, false, 0, true, false",
        "SOFTMAX, 0.2, true, -0.5, true, false",
        "SIGMOID, 0, false, 0, false, false",
        "SIGMOID, 0, false, 0, false, true",
        "SIGMOID, 0.1, true, 0, false, true",
        "SQUARED, 0, false, 0, false, false",
        "SQUARED, 0.1, true, 0, false, false"
    })
    void valueAndGradientAreThoseOfPyTorch(
            TrainingLoss.Kind kind, double smoothing, boolean weighted, double tau, boolean shifted, boolean positive) {
        for (int classes : new int[] {2, 5, 20}) {
            for (double scale : new double[] {1, 10}) {
                Seeded seeded = Seeded.of(classes);
                Case random = new Case(
                        kind,
                        smoothing,
                        numbers(seeded, classes, weighted, 1),
                        tau,
                        numbers(seeded, classes, shifted, 0),
                        numbers(seeded, classes, positive, 1),
                        seeded.gaussian(SAMPLES * classes, scale),
                        labels(seeded, classes));
                compare(random, DataType.FLOAT32, 1e-6);
                compare(random, DataType.FLOAT64, 1e-12);
            }
        }
    }

    /** A loss and a batch of all samples. */
    private record Case(
            TrainingLoss.Kind kind,
            double smoothing,
            double[] classWeights,
            double tau,
            double[] margins,
            double[] positiveWeights,
            double[] logits,
            int[] labels) {
        int classes() {
            return margins.length;
        }

        ClassCounts counts() {
            return ClassCounts.ofLabels(labels, classes());
        }

        UfmLoss loss() {
            TrainingLoss loss = TrainingLoss.of(kind).withSmoothing(smoothing).withClassWeights(classWeights);
            if (kind == TrainingLoss.Kind.SOFTMAX) {
                loss = loss.withLogitAdjustment(tau).withMargins(margins);
            } else if (kind == TrainingLoss.Kind.SIGMOID) {
                loss = loss.withPositiveWeights(positiveWeights);
            }
            return UfmLoss.of(loss.ofClasses(counts()));
        }

        /** What {@code losses.pt} takes. */
        NDList inputs(NDManager manager, DataType type) {
            NDList inputs = new NDList(
                    manager.create(logits, new Shape(SAMPLES, classes())).toType(type, true),
                    manager.create(longs(labels)));
            double[] counts = LongStream.of(counts().toArray()).asDoubleStream().toArray();
            for (double[] numbers : new double[][] {{smoothing, tau}, classWeights, margins, positiveWeights, counts}) {
                inputs.add(manager.create(numbers).toType(type, true));
            }
            return inputs;
        }
    }

    private static void compare(Case random, DataType type, double tolerance) {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            NDList inputs = random.inputs(manager, type);
            int first = 2
                    * Arrays.asList(TrainingLoss.Kind.SOFTMAX, TrainingLoss.Kind.SIGMOID, TrainingLoss.Kind.SQUARED)
                            .indexOf(random.kind());
            NDArray logits = inputs.get(0);
            logits.setRequiresGradient(true);
            NDList theirs;
            NDArray ours;
            try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
                theirs = torch.getBlock().forward(new ParameterStore(manager, false), inputs, /* training= */ true);
                ours = random.loss().evaluate(new NDList(inputs.get(1)), new NDList(logits));
                collector.backward(ours);
            }
            double[] gradient = doubles(theirs.get(first + 1));
            String what = random.kind() + ", " + random.classes() + " classes, " + type;
            assertClose(doubles(theirs.get(first))[0], doubles(ours)[0], tolerance, what);
            // relative to the derivative of the mean by a single logit
            assertClose(gradient, doubles(logits.getGradient()), tolerance, tolerance / SAMPLES, what);
        }
    }

    private static double[] doubles(NDArray array) {
        return array.toType(DataType.FLOAT64, true).toDoubleArray();
    }

    /** Numbers of 0.2 to 5 for each class, or a constant. */
    private static double[] numbers(Seeded seeded, int classes, boolean random, double otherwise) {
        return IntStream.range(0, classes)
                .mapToDouble(k -> random ? seeded.logUniform(0.2, 5) : otherwise)
                .toArray();
    }

    /** Labels of every class, with many of the first. */
    private static int[] labels(Seeded seeded, int classes) {
        int[] labels = new int[SAMPLES];
        Arrays.setAll(labels, i -> i < classes ? i : Math.max(0, seeded.between(-classes, classes - 1)));
        return labels;
    }

    private static long[] longs(int[] labels) {
        return Arrays.stream(labels).asLongStream().toArray();
    }
}
