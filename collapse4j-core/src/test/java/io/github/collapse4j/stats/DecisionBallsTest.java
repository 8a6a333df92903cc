package io.github.collapse4j.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.fixtures.Matrices;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.testkit.Seeded;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionBallsTest {
    /** Loss of radius due to single precision, for a margin of at least a hundredth of the scores. */
    private static final double LOSS = 0.01;

    static Stream<Seeded> seeds() {
        return Seeded.range(900, 60);
    }

    /** Against radii in double precision, from differences of rows: never larger, and not much smaller. */
    @ParameterizedTest
    @MethodSource("seeds")
    void radiiAreLowerBoundsAndTight(Seeded seeded) {
        int classes = seeded.between(1, 30);
        int d = seeded.between(1, 80);
        double offset = seeded.random().nextBoolean() ? 0 : seeded.logUniform(1, 1e4);
        Matrix means = Matrices.gaussian(d, classes, seeded);
        for (int i = 0; i < means.data().length; i++) {
            means.data()[i] += offset;
        }
        // Partly dual to the means, as in training, which gives wide margins.
        Matrix weights = means.transpose().add(seeded.logUniform(0.01, 1), Matrices.gaussian(classes, d, seeded));
        for (int i = 0; i < weights.data().length; i++) {
            weights.data()[i] -= offset;
        }
        LinearClassifier classifier = new LinearClassifier(weights, seeded.gaussian(classes, 0.1));
        DecisionBalls balls = rules(means, 32, classifier).balls();
        for (int c = 0; c < classes; c++) {
            double[] point = means.column(c);
            Ball[] all = {
                ball(means.transpose(), squares(means, -0.5), point),
                ball(weights, classifier.bias(), point),
                ball(weights, new double[classes], point)
            };
            double radius = Double.POSITIVE_INFINITY;
            boolean clear = true;
            for (int r = 0; r < all.length; r++) {
                radius = Math.min(radius, all[r].radius);
                clear &= all[r].clear;
                if (all[r].clear) {
                    assertEquals(all[r].winner, balls.winner(r, c), seeded + " rule " + r);
                }
            }
            if (classes > 1) {
                assertFalse(contains(balls, c, radius), seeded + " class " + c + " beyond " + radius);
                assertTrue(!clear || contains(balls, c, radius * (1 - LOSS)), seeded + " class " + c + " " + radius);
            } else {
                assertTrue(contains(balls, c, 1e100), "a single class always wins");
            }
        }
    }

    private static boolean contains(DecisionBalls balls, int label, double distance) {
        return balls.contains(label, distance * distance, 1);
    }

    private static DecisionRules rules(Matrix means, long samples, LinearClassifier classifier) {
        long[] counts = new long[means.columns()];
        Arrays.fill(counts, samples);
        ClassMoments exact = ClassMoments.ofMeans(means);
        return DecisionRules.of(
                new ClassMoments(counts, exact.weights(), means, exact.remainders(), Optional.empty()),
                Optional.of(classifier));
    }

    /** Whether its margins are wide enough for single precision. */
    private record Ball(int winner, double radius, boolean clear) {}

    private static Ball ball(Matrix rows, double[] offsets, double[] point) {
        double[] scores = new double[rows.rows()];
        int winner = 0;
        double largest = 0;
        for (int k = 0; k < scores.length; k++) {
            scores[k] = offsets[k];
            double square = 0;
            for (int i = 0; i < point.length; i++) {
                scores[k] += rows.get(k, i) * point[i];
                square += rows.get(k, i) * rows.get(k, i);
            }
            largest = Math.max(largest, Math.max(Math.abs(offsets[k]), square));
            winner = scores[k] > scores[winner] ? k : winner;
        }
        double radius = Double.POSITIVE_INFINITY;
        boolean clear = true;
        for (int k = 0; k < scores.length; k++) {
            if (k != winner) {
                double square = 0;
                for (int i = 0; i < point.length; i++) {
                    double difference = rows.get(winner, i) - rows.get(k, i);
                    square += difference * difference;
                }
                radius = Math.min(radius, (scores[winner] - scores[k]) / Math.sqrt(square));
                clear &= scores[winner] - scores[k] > 0.01 * largest && square > 0.01 * largest;
            }
        }
        return new Ball(winner, radius, clear);
    }

    private static double[] squares(Matrix means, double factor) {
        double[] result = new double[means.columns()];
        for (int k = 0; k < result.length; k++) {
            for (int i = 0; i < means.rows(); i++) {
                result[k] += factor * means.get(i, k) * means.get(i, k);
            }
        }
        return result;
    }

    @Test
    void theBallOfTheNearestOfTwoMeansReachesHalfway() {
        Matrix means = Matrix.ofRows(new double[] {-1, 1});
        LinearClassifier sign = LinearClassifier.withoutBias(Matrix.ofRows(new double[] {-1}, new double[] {1}));
        DecisionBalls balls = rules(means, 32, sign).balls();
        assertTrue(contains(balls, 0, 0.9999) && contains(balls, 1, 0.9999));
        assertFalse(contains(balls, 0, 1) || contains(balls, 1, 1));
        assertTrue(balls.contains(0, 5 * 0.9998, 5) && !balls.contains(0, 5, 5), "weights scale both sides");
        assertFalse(balls.contains(0, 0, 0) || balls.contains(0, Double.NaN, 1));
        assertFalse(balls.contains(0, 1e-320, 1e-300), "squares that have lost digits tell nothing");
    }

    /** Rows whose products vanish in single precision: opposite rows would seem closer than they are. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-15, 1e-20, 1e-25, 1e-35, 1e-45})
    void tinyWeightsDoNotWidenABall(double size) {
        Matrix means = Matrix.ofRows(new double[] {-10, 10}, new double[] {0, 0.1});
        LinearClassifier tiny =
                new LinearClassifier(Matrix.ofRows(new double[] {-size, 0}, new double[] {size, 0}), new double[] {
                    0, 18 * size // so that the first class wins only up to −9
                });
        DecisionBalls balls = rules(means, 32, tiny).balls();
        assertFalse(contains(balls, 0, 1.0000001), "the other class wins at a distance of 1");
        assertTrue(size < 1e-15 || contains(balls, 0, 0.99));
    }

    @Test
    void equalMeansHaveNoBall() {
        Matrix means = Matrix.ofRows(new double[] {1, 1, -3});
        LinearClassifier classifier =
                LinearClassifier.withoutBias(Matrix.ofRows(new double[] {1}, new double[] {0}, new double[] {-1}));
        DecisionBalls balls = rules(means, 32, classifier).balls();
        assertFalse(contains(balls, 0, 0) || contains(balls, 1, 0));
        assertTrue(contains(balls, 2, 1.9));
    }

    @Test
    void fewSamplesUseNoBalls() {
        Matrix means = Matrix.ofRows(new double[] {-1, 1});
        LinearClassifier sign = LinearClassifier.withoutBias(Matrix.ofRows(new double[] {-1}, new double[] {1}));
        assertFalse(contains(rules(means, 31, sign).balls(), 0, 0.1));
    }
}
