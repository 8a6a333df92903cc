package io.github.collapse4j.certificate;

import static io.github.collapse4j.testkit.Close.assertAtMost;
import static io.github.collapse4j.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.testkit.FiniteDifference;
import io.github.collapse4j.testkit.Seeded;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Focal loss, which is not convex, with value and gradient written down here. */
class RankDeficientSaddleTest {
    private static final int[] LABELS = {0, 0, 0, 0, 1, 1, 2};
    private static final int K = 3;
    private static final int N = LABELS.length;

    /** f of focal loss with γ; variables are W (K×d) and H (d×N), column by column. */
    private record Focal(int d, double gamma, double lambdaW, double lambdaH) {
        double value(double[] x) {
            Matrix z = point(x).product();
            double sum = 0;
            for (int i = 0; i < N; i++) {
                double p = probabilities(z, i)[LABELS[i]];
                sum -= Math.pow(1 - p, gamma) * Math.log(p) / N;
            }
            for (int j = 0; j < x.length; j++) {
                sum += (j < K * d ? lambdaW : lambdaH) / 2 * x[j] * x[j];
            }
            return sum;
        }

        /** ∇g by WH. */
        Matrix dataGradient(double[] x) {
            Matrix z = point(x).product();
            Matrix gradient = Matrix.zeros(K, N);
            for (int i = 0; i < N; i++) {
                double[] q = probabilities(z, i);
                double p = q[LABELS[i]];
                double slope = gamma * Math.pow(1 - p, gamma - 1) * Math.log(p) - Math.pow(1 - p, gamma) / p;
                for (int k = 0; k < K; k++) {
                    gradient.set(k, i, slope * p * ((k == LABELS[i] ? 1 : 0) - q[k]) / N);
                }
            }
            return gradient;
        }

        UfmPoint point(double[] x) {
            Matrix w = Matrix.zeros(K, d);
            Matrix h = Matrix.zeros(d, N);
            System.arraycopy(x, 0, w.data(), 0, K * d);
            System.arraycopy(x, K * d, h.data(), 0, d * N);
            return new UfmPoint(w, h, new double[K]);
        }

        private static double[] probabilities(Matrix z, int i) {
            double[] q = new double[K];
            double sum = 0;
            for (int k = 0; k < K; k++) {
                q[k] = Math.exp(z.get(k, i));
                sum += q[k];
            }
            for (int k = 0; k < K; k++) {
                q[k] /= sum;
            }
            return q;
        }

        /** Gradient descent from a random point, whose end is critical in {@code wide} dimensions too, padded. */
        double[] minimum(long seed) {
            double[] x = Seeded.of(seed).gaussian(d * (K + N), 0.5);
            for (int step = 0; step < 60_000; step++) {
                Vectors.add(-1, gradient(x), x);
            }
            return x;
        }

        double[] gradient(double[] x) {
            UfmPoint point = point(x);
            Matrix g = dataGradient(x);
            double[] gradient = new double[x.length];
            for (int a = 0; a < d; a++) {
                for (int k = 0; k < K; k++) {
                    gradient[a * K + k] = lambdaW * x[a * K + k];
                    for (int i = 0; i < N; i++) {
                        gradient[a * K + k] += g.get(k, i) * point.features().get(a, i);
                    }
                }
                for (int i = 0; i < N; i++) {
                    int at = K * d + i * d + a;
                    gradient[at] = lambdaH * x[at];
                    for (int k = 0; k < K; k++) {
                        gradient[at] += g.get(k, i) * point.classifier().get(k, a);
                    }
                }
            }
            return gradient;
        }
    }

    private static double[] vector(UfmPoint point) {
        double[] w = point.classifier().data();
        double[] h = point.features().data();
        double[] x = new double[w.length + h.length];
        System.arraycopy(w, 0, x, 0, w.length);
        System.arraycopy(h, 0, x, w.length, h.length);
        return x;
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "1, 2", "1, 0.5", "1, 5", "1, 0"})
    void focalLossFallsAlongAnUnusedDimension(int rank, double gamma) {
        Focal wide = new Focal(3, gamma, 0.02, 0.01);
        UfmPoint start = rank == 0
                ? wide.point(new double[3 * (K + N)])
                : new Focal(1, gamma, 0.02, 0.01)
                        .point(new Focal(1, gamma, 0.02, 0.01).minimum(1))
                        .padTo(3);
        double[] x = vector(start);
        assertAtMost(1e-8, Vectors.norm(FiniteDifference.gradient(wide::value, x)), "gradient");
        assertAtMost(1e-13, Vectors.norm(wide.gradient(x)), "gradient");

        RankDeficientSaddle saddle =
                RankDeficientSaddle.at(start, wide.dataGradient(x), 0.02, 0.01).orElseThrow();
        double[] delta = vector(saddle.direction());
        assertClose(Math.sqrt(2) + Math.sqrt(0.5), Vectors.dot(delta, delta), 1e-12, "‖Δ‖²");
        // the error of the second difference is about t²·‖∂⁴f‖, and the round-off u·f/t²
        double t = 1e-3;
        double second = (moved(wide, x, delta, t) - 2 * wide.value(x) + moved(wide, x, delta, -t)) / (t * t);
        assertEquals(saddle.curvature(), second, 1e-5);
        assertAtMost(-0.01, saddle.curvature(), "curvature");
        assertClose(-2 * (saddle.sigma() - Math.sqrt(0.0002)), saddle.curvature(), 1e-14, "formula");
    }

    private static double moved(Focal focal, double[] x, double[] delta, double t) {
        double[] there = x.clone();
        Vectors.add(t, delta, there);
        return focal.value(there);
    }

    /** Without convexity, nothing follows from σ ≤ μ or from full rank. */
    @Test
    void nothingIsSaidOtherwise() {
        Focal strong = new Focal(2, 2, 1, 1);
        double[] origin = new double[2 * (K + N)];
        assertEquals(Optional.empty(), RankDeficientSaddle.at(strong.point(origin), strong.dataGradient(origin), 1, 1));
        Focal weak = new Focal(2, 2, 1e-3, 1e-3);
        double[] full = Seeded.of(3).gaussian(2 * (K + N), 0.1);
        assertEquals(Optional.empty(), RankDeficientSaddle.at(weak.point(full), weak.dataGradient(full), 1e-3, 1e-3));
    }

    @Test
    void refusesOtherShapesAndPenalties() {
        Focal focal = new Focal(2, 2, 1, 1);
        UfmPoint origin = focal.point(new double[2 * (K + N)]);
        assertEquals(
                "gradient: expected 3×7 as WH has, found 7×3",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> RankDeficientSaddle.at(origin, Matrix.zeros(7, 3), 1, 1))
                        .getMessage());
        assertEquals(
                "lambdaH: expected a finite number above 0, found NaN",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> RankDeficientSaddle.at(origin, Matrix.zeros(3, 7), 1, Double.NaN))
                        .getMessage());
    }
}
