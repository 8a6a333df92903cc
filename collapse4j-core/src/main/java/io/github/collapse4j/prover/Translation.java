package io.github.collapse4j.prover;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.proof.ExactBias;
import io.github.collapse4j.proof.ExactModel;
import io.github.collapse4j.proof.ExactPoint;
import io.github.collapse4j.proof.LossKind;

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
                model.loss() == LossKind.CROSS_ENTROPY ? new CrossEntropy() : new SquaredError(),
                ClassCounts.of(counts),
                d,
                model.lambdaW().approximately(),
                model.lambdaH().approximately(),
                bias(model.bias()));
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
