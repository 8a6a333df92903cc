package io.github.collapse4j.djl;

import static io.github.collapse4j.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values and gradients against PyTorch's own losses, see {@code torch/generate_losses.py}. */
class PyTorchLossTest {
    private static final int SAMPLES = 60;

    @TempDir
    private static Path folder;

    private static Model torch;
    private static Model ofTargets;

    @BeforeAll
    static void loadPyTorchsLosses() throws IOException, MalformedModelException {
        torch = load("losses");
        ofTargets = load("soft-losses");
    }

    private static Model load(String name) throws IOException, MalformedModelException {
        String file = name + ".pt";
        Files.write(folder.resolve(file), GoldenBytes.load(PyTorchLossTest.class, "/torch/" + file));
        Model model = Model.newInstance(name, Device.cpu(), "PyTorch");
        model.load(folder, name);
        return model;
    }

    @AfterAll
    static void close() {
        torch.close();
        ofTargets.close();
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
                compare(random, DataType.FLOAT32);
                compare(random, DataType.FLOAT64);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        // kind, smoothing, class weights, positive weights
        "SOFTMAX, 0, false, false",
        "SOFTMAX, 0.1, false, false",
        "SOFTMAX, 0.3, true, false",
        "SIGMOID, 0, false, false",
        "SIGMOID, 0.1, true, true",
        "SQUARED, 0.2, false, false"
    })
    void targetsAreThoseOfPyTorch(TrainingLoss.Kind kind, double smoothing, boolean weighted, boolean positive) {
        for (int classes : new int[] {2, 5, 20}) {
            Seeded seeded = Seeded.of(classes);
            double[] classWeights = numbers(seeded, classes, weighted, 1);
            double[] positives = numbers(seeded, classes, positive, 1);
            TrainingLoss loss = TrainingLoss.of(kind).withSmoothing(smoothing);
            loss = kind == TrainingLoss.Kind.SQUARED ? loss : loss.withClassWeights(classWeights);
            loss = kind == TrainingLoss.Kind.SIGMOID ? loss.withPositiveWeights(positives) : loss;
            double[] logits = seeded.gaussian(SAMPLES * classes, 3);
            double[] targets = distributions(seeded, classes);
            for (DataType type : new DataType[] {DataType.FLOAT32, DataType.FLOAT64}) {
                try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
                    Shape shape = new Shape(SAMPLES, classes);
                    NDList inputs = new NDList(
                            manager.create(logits, shape).toType(type, true),
                            manager.create(targets, shape).toType(type, true));
                    for (double[] numbers : new double[][] {{smoothing}, classWeights, positives}) {
                        inputs.add(manager.create(numbers).toType(type, true));
                    }
                    compare(ofTargets, inputs, UfmLoss.ofTargets(loss), kind, type);
                }
            }
        }
    }

    /** PyTorch divides a batch by the weights of its own samples. */
    @ParameterizedTest
    @CsvSource({"0, 0, false", "0.1, 0, false", "0.2, 1.5, true"})
    void aBatchDividedByItsWeightsIsThatOfPyTorch(double smoothing, double tau, boolean shifted) {
        int classes = 7;
        Seeded seeded = Seeded.of(1);
        Case random = new Case(
                TrainingLoss.Kind.SOFTMAX,
                smoothing,
                numbers(seeded, classes, true, 1),
                tau,
                numbers(seeded, classes, shifted, 0),
                numbers(seeded, classes, false, 1),
                seeded.gaussian(SAMPLES * classes, 3),
                labels(seeded, classes));
        ClassCounts whole = ClassCounts.of(900, 500, 300, 200, 100, 60, 40);
        UfmLoss divided = UfmLoss.dividedByBatch(random.statement(), whole);
        for (DataType type : new DataType[] {DataType.FLOAT32, DataType.FLOAT64}) {
            try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
                compare(torch, random.inputs(manager, type, whole), divided, random.kind(), type);
            }
        }
    }

    @Test
    void onlyCrossEntropyIsDividedByTheBatch() {
        ClassCounts counts = ClassCounts.of(3, 2);
        TrainingLoss sigmoid = TrainingLoss.of(TrainingLoss.Kind.SIGMOID).withClassWeights(1, 2);
        assertThrows(IllegalArgumentException.class, () -> UfmLoss.dividedByBatch(sigmoid, counts));
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
            return UfmLoss.of(statement().ofClasses(counts()));
        }

        TrainingLoss statement() {
            TrainingLoss loss = TrainingLoss.of(kind).withSmoothing(smoothing).withClassWeights(classWeights);
            if (kind == TrainingLoss.Kind.SOFTMAX) {
                loss = loss.withLogitAdjustment(tau).withMargins(margins);
            } else if (kind == TrainingLoss.Kind.SIGMOID) {
                loss = loss.withPositiveWeights(positiveWeights);
            }
            return loss;
        }

        /** What {@code losses.pt} takes. */
        NDList inputs(NDManager manager, DataType type, ClassCounts whole) {
            NDList inputs = new NDList(
                    manager.create(logits, new Shape(SAMPLES, classes())).toType(type, true),
                    manager.create(longs(labels)));
            double[] counts = LongStream.of(whole.toArray()).asDoubleStream().toArray();
            for (double[] numbers : new double[][] {{smoothing, tau}, classWeights, margins, positiveWeights, counts}) {
                inputs.add(manager.create(numbers).toType(type, true));
            }
            return inputs;
        }
    }

    private static void compare(Case random, DataType type) {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            compare(torch, random.inputs(manager, type, random.counts()), random.loss(), random.kind(), type);
        }
    }

    private static double tolerance(DataType type) {
        return type == DataType.FLOAT32 ? 1e-6 : 1e-12;
    }

    /** @param inputs logits and labels or targets, and the numbers that PyTorch's loss takes */
    private static void compare(Model model, NDList inputs, UfmLoss loss, TrainingLoss.Kind kind, DataType type) {
        NDManager manager = inputs.get(0).getManager();
        int first = 2
                * Arrays.asList(TrainingLoss.Kind.SOFTMAX, TrainingLoss.Kind.SIGMOID, TrainingLoss.Kind.SQUARED)
                        .indexOf(kind);
        NDArray logits = inputs.get(0);
        logits.setRequiresGradient(true);
        NDList theirs;
        NDArray ours;
        try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
            theirs = model.getBlock().forward(new ParameterStore(manager, false), inputs, /* training= */ true);
            ours = loss.evaluate(new NDList(inputs.get(1)), new NDList(logits));
            collector.backward(ours);
        }
        double tolerance = tolerance(type);
        String what = kind + ", " + logits.getShape() + ", " + type;
        assertClose(doubles(theirs.get(first))[0], doubles(ours)[0], tolerance, what);
        // relative to the derivative of the mean by a single logit
        assertClose(
                doubles(theirs.get(first + 1)), doubles(logits.getGradient()), tolerance, tolerance / SAMPLES, what);
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

    /** Softmax of random numbers, row by row; the first rows are one-hot. */
    private static double[] distributions(Seeded seeded, int classes) {
        double[] rows = new double[SAMPLES * classes];
        for (int i = 0; i < SAMPLES; i++) {
            double[] row =
                    Arrays.stream(seeded.gaussian(classes, 2)).map(Math::exp).toArray();
            double sum = Arrays.stream(row).sum();
            for (int k = 0; k < classes; k++) {
                rows[i * classes + k] = i < classes ? (k == i ? 1 : 0) : row[k] / sum;
            }
        }
        return rows;
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
