package io.github.collapse4j.nonnegative;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SymmetricEigen;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The polar of non-negative features against the definition. */
class PolarTest {
    private static final double ROUND_OFF = 1e-12;

    private static Matrix random(int rows, int columns, long seed) {
        RandomGenerator random = Seeded.of(seed).random();
        Matrix matrix = Matrix.zeros(rows, columns);
        for (int i = 0; i < matrix.data().length; i++) {
            matrix.data()[i] = random.nextGaussian();
        }
        return matrix;
    }

    /** The largest eigenvalue with a positive eigenvector of any principal submatrix. */
    private static double byEverySupport(Matrix gram) {
        double best = 0;
        for (int mask = 1; mask < 1 << gram.rows(); mask++) {
            int bits = mask;
            int[] support = IntStream.range(0, gram.rows())
                    .filter(i -> (bits >> i & 1) == 1)
                    .toArray();
            Matrix part = Matrix.zeros(support.length, support.length);
            for (int j = 0; j < support.length; j++) {
                for (int i = 0; i < support.length; i++) {
                    part.set(i, j, gram.get(support[i], support[j]));
                }
            }
            SymmetricEigen eigen = LinearAlgebra.symmetricEigen(part);
            for (int j = 0; j < support.length; j++) {
                double[] vector = eigen.vectors().column(j);
                boolean positive = IntStream.range(0, vector.length).allMatch(i -> vector[i] * vector[0] > 0);
                best = positive ? Math.max(best, eigen.values()[j]) : best;
            }
        }
        return Math.sqrt(best);
    }

    @Test
    void isExactByItsDefinition() {
        for (int seed = 0; seed < 60; seed++) {
            int columns = 2 + seed % 8;
            Matrix gradient = random(1 + seed % 5, columns, seed);
            ClassGram gram = ClassGram.of(gradient);
            Polar polar = Polar.of(gram);
            double expected = byEverySupport(gram.expanded());
            Close.assertClose(expected, polar.lower(), ROUND_OFF, "lower, seed " + seed);
            Close.assertClose(expected, polar.upper(), ROUND_OFF, "upper, seed " + seed);
            Close.assertAtLeast(polar.lower(), polar.upper(), "upper, seed " + seed);
        }
    }

    @Test
    void isExactAndQuickForTwelveAndTwentyClasses() {
        for (int seed = 0; seed < 6; seed++) {
            int classes = seed == 5 ? 20 : 12;
            Polar polar = Polar.of(ClassGram.of(random(classes, classes, 100 + seed)));
            Close.assertClose(1, polar.upper() / polar.lower(), ROUND_OFF, "seed " + seed);
        }
    }

    @Test
    void isTheLargestColumnIfInnerProductsAreNegative() {
        // I − J/K: every angle between columns is obtuse.
        int classes = 30;
        Matrix gradient = Matrix.identity(classes);
        for (int i = 0; i < gradient.data().length; i++) {
            gradient.data()[i] -= 1.0 / classes;
        }
        Polar polar = Polar.of(ClassGram.of(gradient));
        Close.assertClose(Math.sqrt(1 - 1.0 / classes), polar.upper(), 1e-14, "upper");
        Close.assertClose(Math.sqrt(1 - 1.0 / classes), polar.lower(), 1e-14, "lower");
    }

    @Test
    void theSemidefiniteBoundIsBetweenThePolarAndTheClippedMatrix() {
        for (int seed = 0; seed < 20; seed++) {
            int classes = 4 + seed % 6;
            Matrix gram = ClassGram.of(random(classes, classes, 300 + seed)).expanded();
            double exact = byEverySupport(gram);
            double bound = Math.sqrt(DoublyNonnegative.bound(gram, exact * exact));
            Close.assertAtLeast(exact * (1 - ROUND_OFF), bound, "semidefinite, seed " + seed);
            // Exact up to four classes (Diananda 1962), to what the iteration reaches.
            assertTrue(classes > 4 || bound <= exact * (1 + 1e-3), "seed " + seed + ": " + bound + " for " + exact);
        }
    }

    @Test
    void manyClassesHaveAValidInterval() {
        Matrix gradient = random(40, 40, 9);
        Polar polar = Polar.of(ClassGram.of(gradient));
        RandomGenerator random = Seeded.of(10).random();
        for (int i = 0; i < 200; i++) {
            Matrix h = Matrix.zeros(40, 1);
            for (int k = 0; k < 40; k++) {
                h.set(k, 0, Math.max(0, random.nextGaussian()));
            }
            double value = LinearAlgebra.multiply(gradient, h).norm() / h.norm();
            Close.assertAtMost(polar.upper(), value, "start " + i);
        }
        Close.assertAtMost(1.2 * polar.lower(), polar.upper(), "width");
    }

    /** No class, one or all of each group: against all supports, for groups whose classes attract or repel each other. */
    @Test
    void groupsHaveThePolarOfTheirClasses() {
        int[][] sizes = {{3, 1, 4}, {5, 4}, {2, 2, 2, 1}, {9}};
        for (int seed = 0; seed < 80; seed++) {
            int[] some = sizes[seed % sizes.length];
            Matrix columns = random(some.length + 1, some.length, 77 + seed);
            for (int a = 0; a < some.length; a++) {
                columns.set(some.length, a, (seed % 3 + 1) * columns.get(some.length, a));
            }
            Matrix gradient = expanded(some, columns);
            ClassGram grouped = ClassGram.ofGroups(some, columns);
            Matrix difference =
                    grouped.expanded().add(-1, ClassGram.of(gradient).expanded());
            Close.assertAtMost(1e-12, difference.norm(), "Γ, seed " + seed);
            Polar expected = Polar.of(ClassGram.of(gradient));
            Polar found = Polar.of(grouped);
            Close.assertClose(expected.upper(), found.upper(), 1e-12, "upper, seed " + seed);
            Close.assertClose(expected.lower(), found.lower(), 1e-12, "lower, seed " + seed);
            Matrix h = Matrix.wrap(found.maximiser().length, 1, found.maximiser());
            double attained = LinearAlgebra.multiply(gradient, h).norm() / h.norm();
            Close.assertClose(found.lower(), attained, 1e-12, "attained, seed " + seed);
        }
    }

    private static Matrix expanded(int[] sizes, Matrix columns) {
        int[] groupOf = IntStream.range(0, sizes.length)
                .flatMap(a -> IntStream.generate(() -> a).limit(sizes[a]))
                .toArray();
        Matrix gradient = Matrix.zeros(groupOf.length, groupOf.length);
        for (int k = 0; k < groupOf.length; k++) {
            for (int j = 0; j < groupOf.length; j++) {
                gradient.set(j, k, columns.get(j == k ? sizes.length : groupOf[j], groupOf[k]));
            }
        }
        return gradient;
    }
}
