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
import io.github.collapse4j.proof.Rational;
import io.github.collapse4j.proof.TrainedLoss;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Converts exact models and points to double precision, and back. */
public final class Translation {
    private Translation() {}

    /** The problem in doubles, with rounded penalties and groups expanded into classes. */
    public static UfmProblem problem(ExactModel model, int d) {
        long[] counts = new long[Math.toIntExact(model.classes())];
        int next = 0;
        for (int g = 0; g < model.groups(); g++) {
            for (long i = 0; i < model.sizes()[g]; i++) {
                counts[next++] = model.counts()[g];
            }
        }
        return new UfmProblem(
                loss(model, ClassCounts.of(counts)),
                ClassCounts.of(counts),
                d,
                model.lambdaW().approximately(),
                model.lambdaH().approximately(),
                bias(model.bias()));
    }

    private static Loss loss(ExactModel model, ClassCounts counts) {
        return model.trained()
                .map(trained -> training(model.loss(), trained).ofClasses(counts))
                .orElseGet(() -> model.loss() == LossKind.CROSS_ENTROPY ? new CrossEntropy() : new SquaredError());
    }

    private static TrainingLoss training(LossKind loss, TrainedLoss trained) {
        TrainingLoss.Kind kind = switch (loss) {
            case CROSS_ENTROPY -> TrainingLoss.Kind.SOFTMAX;
            case BINARY_CROSS_ENTROPY -> TrainingLoss.Kind.SIGMOID;
            case SQUARED_ERROR -> TrainingLoss.Kind.SQUARED;
        };
        return new TrainingLoss(
                kind,
                trained.smoothing().approximately(),
                Optional.of(trained.classWeights().stream()
                        .mapToDouble(Rational::approximately)
                        .toArray()),
                trained.logitAdjustment().approximately(),
                numbers(trained.margins()),
                numbers(trained.positiveWeights()));
    }

    private static Optional<double[]> numbers(List<Fraction> fractions) {
        return fractions.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        fractions.stream().mapToDouble(Fraction::approximately).toArray());
    }

    /**
     * What a training states about its loss, with the shortest decimals that denote its numbers; empty for a plain loss that
     * needs no parameters.
     *
     * @param classes K
     * @throws IllegalArgumentException if a number has over 40 digits
     */
    public static Optional<TrainedLoss> exact(TrainingLoss loss, int classes) {
        boolean binary = loss.kind() == TrainingLoss.Kind.SIGMOID;
        boolean cross = loss.kind() == TrainingLoss.Kind.SOFTMAX;
        if (loss.isPlain() && !binary) {
            return Optional.empty();
        }
        double[] ones = new double[classes];
        Arrays.fill(ones, 1);
        double[] zeros = new double[cross ? classes : 0];
        return Optional.of(new TrainedLoss(
                exact(loss.smoothing()),
                fractions(loss.classWeights().orElse(ones)).stream()
                        .map(one -> one.size().orElseThrow())
                        .toList(),
                exact(loss.logitAdjustment()),
                fractions(loss.margins().orElse(zeros)),
                binary ? fractions(loss.positiveWeights().orElse(ones)) : List.of()));
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
        int d = point.dimension();
        Matrix w = Matrix.zeros(classes, d);
        Matrix h = Matrix.zeros(d, classes);
        for (int k = 0; k < classes; k++) {
            for (int a = 0; a < d; a++) {
                w.set(k, a, point.w()[k][a]);
                h.set(a, k, point.h()[a][k]);
            }
        }
        return new UfmPoint(
                w, h, point.b().length == 0 ? new double[classes] : point.b().clone());
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
