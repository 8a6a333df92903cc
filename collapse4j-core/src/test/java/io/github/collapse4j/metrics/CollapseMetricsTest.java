package io.github.collapse4j.metrics;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Svd;
import io.github.collapse4j.testkit.Close;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CollapseMetricsTest {
    private static final int CLASSES = 4;
    private static final int PER_CLASS = 7;

    private static Matrix features(int d, double spread, Random random) {
        Matrix features = Matrix.zeros(d, CLASSES * PER_CLASS);
        for (int j = 0; j < features.columns(); j++) {
            for (int i = 0; i < d; i++) {
                double mean = (i == j % CLASSES ? 1 : 0) + 0.1 * i * (j % CLASSES);
                features.set(i, j, mean + spread * random.nextGaussian());
            }
        }
        return features;
    }

    private static int[] labels() {
        int[] labels = new int[CLASSES * PER_CLASS];
        for (int j = 0; j < labels.length; j++) {
            labels[j] = j % CLASSES;
        }
        return labels;
    }

    @Test
    void nc1IsTheTraceWithTheDensePseudoInverse() {
        int d = 6;
        Matrix features = features(d, 0.3, new Random(5));
        Matrix means = Matrix.zeros(d, CLASSES);
        for (int j = 0; j < features.columns(); j++) {
            for (int i = 0; i < d; i++) {
                means.set(i, j % CLASSES, means.get(i, j % CLASSES) + features.get(i, j) / PER_CLASS);
            }
        }
        Matrix within = Matrix.zeros(d, d);
        for (int j = 0; j < features.columns(); j++) {
            for (int a = 0; a < d; a++) {
                for (int b = 0; b < d; b++) {
                    double da = features.get(a, j) - means.get(a, j % CLASSES);
                    double db = features.get(b, j) - means.get(b, j % CLASSES);
                    within.set(a, b, within.get(a, b) + da * db / features.columns());
                }
            }
        }
        Matrix between = Matrix.zeros(d, d);
        for (int a = 0; a < d; a++) {
            for (int b = 0; b < d; b++) {
                for (int k = 0; k < CLASSES; k++) {
                    between.set(a, b, between.get(a, b) + centred(means, a, k) * centred(means, b, k) / CLASSES);
                }
            }
        }
        Svd svd = LinearAlgebra.svd(between);
        double trace = 0;
        Matrix rotated = LinearAlgebra.multiply(
                LinearAlgebra.multiply(svd.u(), Op.TRANSPOSE, within, Op.NONE), Op.NONE, svd.v(), Op.NONE);
        for (int r = 0; r < CLASSES - 1; r++) {
            trace += rotated.get(r, r) / svd.values()[r];
        }

        Matrix classifier = Matrix.zeros(CLASSES, d);
        for (int k = 0; k < CLASSES; k++) {
            classifier.set(k, k, 1);
        }
        CollapseMetrics metrics = CollapseMetrics.of(features, labels(), classifier);

        Close.assertClose(trace / CLASSES, metrics.nc1(), 1e-10, 0, "NC1");
    }

    private static double centred(Matrix means, int row, int column) {
        double mean = 0;
        for (int k = 0; k < CLASSES; k++) {
            mean += means.get(row, k) / CLASSES;
        }
        return means.get(row, column) - mean;
    }

    @Test
    void aCollapsedSimplexHasNoDistance() {
        Matrix simplex = Matrix.zeros(CLASSES, CLASSES);
        for (int k = 0; k < CLASSES; k++) {
            for (int l = 0; l < CLASSES; l++) {
                simplex.set(k, l, 3 * ((k == l ? 1 : 0) - 1.0 / CLASSES));
            }
        }
        Matrix features = Matrix.zeros(CLASSES, CLASSES * PER_CLASS);
        for (int j = 0; j < features.columns(); j++) {
            for (int i = 0; i < CLASSES; i++) {
                features.set(i, j, simplex.get(i, j % CLASSES));
            }
        }

        CollapseMetrics metrics = CollapseMetrics.of(features, labels(), simplex);

        Close.assertClose(0, metrics.nc1(), 0, 1e-28, "NC1");
        Close.assertClose(0, metrics.nc2(), 0, 1e-14, "NC2");
        Close.assertClose(0, metrics.nc3(), 0, 1e-14, "NC3");
    }
}
