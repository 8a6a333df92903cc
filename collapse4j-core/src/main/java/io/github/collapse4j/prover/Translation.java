package io.github.collapse4j.prover;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.proof.ExactBias;
import io.github.collapse4j.proof.ExactModel;
import io.github.collapse4j.proof.ExactPoint;
import io.github.collapse4j.proof.Fraction;
import io.github.collapse4j.proof.LossKind;
import io.github.collapse4j.proof.TrainedLoss;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Converts exact models and points to double precision, and back. */
public final class Translation {
    private Translation() {}

    /** The problem in doubles, with rounded penalties and groups expanded into classes. */
    public static UfmProblem problem(ExactModel model, int d) {
        int[] groupOf = new int[Math.toIntExact(Arrays.stream(model.sizes()).sum())];
        int next = 0;
        for (int g = 0; g < model.groups(); g++) {
            for (long i = 0; i < model.sizes()[g]; i++) {
                groupOf[next++] = g;
            }
        }
        ClassCounts counts = ClassCounts.of(
                Arrays.stream(groupOf).mapToLong(g -> model.counts()[g]).toArray());
        return new UfmProblem(
                loss(model, groupOf, counts),
                counts,
                d,
                model.lambdaW().approximately(),
                model.lambdaH().approximately(),
                bias(model.bias()));
    }

    private static Loss loss(ExactModel model, int[] groupOf, ClassCounts counts) {
        return model.trained()
                .map(trained -> trained.targets()
                        .map(targets -> training(model.loss(), trained, identity(model.rows()))
                                .ofTargets(counts, ofColumns(targets)))
                        .orElseGet(
                                () -> training(model.loss(), trained, groupOf).ofClasses(counts)))
                .orElseGet(() -> model.loss() == LossKind.CROSS_ENTROPY ? new CrossEntropy() : new SquaredError());
    }

    private static int[] identity(int length) {
        return IntStream.range(0, length).toArray();
    }

    private static Matrix ofColumns(double[][] columns) {
        Matrix matrix = Matrix.zeros(columns[0].length, columns.length);
        for (int m = 0; m < columns.length; m++) {
            System.arraycopy(columns[m], 0, matrix.data(), m * matrix.rows(), matrix.rows());
        }
        return matrix;
    }

    /** @param groupOf the group of each class, which has numbers for each group */
    private static TrainingLoss training(LossKind loss, TrainedLoss trained, int[] groupOf) {
        TrainingLoss.Kind kind = switch (loss) {
            case CROSS_ENTROPY -> TrainingLoss.Kind.SOFTMAX;
            case BINARY_CROSS_ENTROPY -> TrainingLoss.Kind.SIGMOID;
            case SQUARED_ERROR -> TrainingLoss.Kind.SQUARED;
        };
        return new TrainingLoss(
                kind,
                trained.smoothing().approximately(),
                Optional.of(Arrays.stream(groupOf)
                        .mapToDouble(g -> trained.classWeights().get(g).approximately())
                        .toArray()),
                trained.logitAdjustment().approximately(),
                numbers(trained.margins(), groupOf),
                numbers(trained.positiveWeights(), groupOf));
    }

    private static Optional<double[]> numbers(List<Fraction> fractions, int[] groupOf) {
        return fractions.isEmpty()
                ? Optional.empty()
                : Optional.of(Arrays.stream(groupOf)
                        .mapToDouble(g -> fractions.get(g).approximately())
                        .toArray());
    }

    /**
     * What a training states about its loss, with the shortest decimals that denote its numbers; empty for a plain loss that
     * needs no parameters.
     *
     * @param classes K
     * @throws IllegalArgumentException if a number has over 40 digits
     */
    public static Optional<TrainedLoss> exact(TrainingLoss loss, int classes) {
        return loss.isPlain() && loss.kind() != TrainingLoss.Kind.SIGMOID
                ? Optional.empty()
                : Optional.of(exact(loss, classes, Optional.empty()));
    }

    /**
     * As the other {@code exact}, with targets, which are taken as exact numbers.
     *
     * @param targets K×M
     */
    public static TrainedLoss exact(TrainingLoss loss, Matrix targets) {
        double[][] columns = new double[targets.columns()][];
        Arrays.setAll(columns, targets::column);
        return exact(loss, targets.rows(), Optional.of(columns));
    }

    private static TrainedLoss exact(TrainingLoss loss, int classes, Optional<double[][]> targets) {
        boolean binary = loss.kind() == TrainingLoss.Kind.SIGMOID;
        boolean hasMargins = loss.kind() == TrainingLoss.Kind.SOFTMAX && targets.isEmpty();
        double[] ones = new double[classes];
        Arrays.fill(ones, 1);
        return new TrainedLoss(
                exact(loss.smoothing()),
                fractions(loss.classWeights().orElse(ones)).stream()
                        .map(one -> one.size().orElseThrow())
                        .toList(),
                exact(loss.logitAdjustment()),
                fractions(loss.margins().orElse(new double[hasMargins ? classes : 0])),
                binary ? fractions(loss.positiveWeights().orElse(ones)) : List.of(),
                targets);
    }

    private static List<Fraction> fractions(double[] numbers) {
        return Arrays.stream(numbers).mapToObj(Translation::exact).toList();
    }

    private static Fraction exact(double number) {
        return Fraction.ofDecimal(BigDecimal.valueOf(number).stripTrailingZeros())
                .orElseThrow(() -> new IllegalArgumentException(
                        "loss: expected numbers of at most 40 decimals for a proof, found " + number));
    }

    private static Bias bias(ExactBias bias) {
        if (bias instanceof ExactBias.Regularised regularised) {
            return new Bias.Regularised(regularised.lambda().approximately());
        }
        return bias.isPresent() ? new Bias.Free() : new Bias.None();
    }

    /** Converts a point of the reduced model to an exact point. */
    public static ExactPoint exact(UfmPoint point, ExactBias bias) {
        return new ExactPoint(
                rows(point.classifier()),
                rows(point.features()),
                bias.isPresent() ? point.bias().clone() : new double[0]);
    }

    /** Converts an exact point to a point of the reduced model. */
    public static UfmPoint point(ExactPoint point) {
        int classes = point.classes();
        Matrix w = matrix(point.w());
        Matrix h = matrix(point.h());
        return new UfmPoint(
                w, h, point.b().length == 0 ? new double[classes] : point.b().clone());
    }

    private static Matrix matrix(double[][] rows) {
        Matrix matrix = Matrix.zeros(rows.length, rows[0].length);
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                matrix.set(i, j, rows[i][j]);
            }
        }
        return matrix;
    }

    private static double[][] rows(Matrix matrix) {
        double[][] rows = new double[matrix.rows()][matrix.columns()];
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                rows[i][j] = matrix.get(i, j);
            }
        }
        return rows;
    }
}
