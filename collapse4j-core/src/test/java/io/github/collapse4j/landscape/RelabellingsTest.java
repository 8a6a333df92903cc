package io.github.collapse4j.landscape;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RelabellingsTest {
    private static UfmProblem problem(int d, long... counts) {
        return new UfmProblem(new CrossEntropy(), ClassCounts.of(counts), d, 1e-2, 1e-2, Bias.ofLambda(0.1));
    }

    /** Rows of W on a line, H = Wᵀ. */
    private static UfmPoint onALine(double... positions) {
        int classes = positions.length;
        return new UfmPoint(
                Matrix.wrap(classes, 1, positions.clone()),
                Matrix.wrap(1, classes, positions.clone()),
                new double[classes]);
    }

    private static long count(UfmProblem problem, UfmPoint point) {
        return Relabellings.count(problem, point).longValueExact();
    }

    @Test
    void countsTheWaysToChooseTheClassesThatDiffer() {
        UfmProblem equal = problem(1, 7, 7, 7, 7);
        assertEquals(1, count(equal, onALine(0, 0, 0, 0)));
        assertEquals(4, count(equal, onALine(3, -1, -1, -1)));
        assertEquals(6, count(equal, onALine(1, -1, 0, 0)), "a rotation by −1 exchanges the two that differ");
        assertEquals(3, count(equal, onALine(1, 1, -1, -1)), "3 ways to pair 4 classes");
        assertEquals(12, count(equal, onALine(1, 1, -1, -1 + 1e-3)));
        assertEquals(2, count(problem(1, 7, 7, 5, 5), onALine(1, -1, 1, -1)), "which of the first pairs with which");
        assertEquals(1, count(problem(1, 4, 3, 2, 1), onALine(1, 2, -1, -2)), "no classes are exchangeable");
    }

    /** Against a count of all 720 permutations. */
    @Test
    void agreesWithTryingEveryPermutation() {
        Random random = new Random(5);
        for (int trial = 0; trial < 40; trial++) {
            double[] positions = new double[6];
            for (int k = 0; k < 6; k++) {
                positions[k] = random.nextInt(3) - 1;
            }
            List<String> images = new ArrayList<>();
            permute(positions, 0, images);
            assertEquals(
                    images.stream().distinct().count(),
                    count(problem(1, 2, 2, 2, 2, 2, 2), onALine(positions)),
                    () -> Arrays.toString(positions));
        }
    }

    /** Positions on a line up to their common sign. */
    private static void permute(double[] positions, int at, List<String> images) {
        if (at == positions.length) {
            double[] mirrored = Arrays.stream(positions).map(x -> 0.0 - x).toArray();
            images.add(
                    Arrays.compare(positions, mirrored) < 0 ? Arrays.toString(mirrored) : Arrays.toString(positions));
            return;
        }
        for (int j = at; j < positions.length; j++) {
            swap(positions, at, j);
            permute(positions, at + 1, images);
            swap(positions, at, j);
        }
    }

    private static void swap(double[] positions, int i, int j) {
        double kept = positions[i];
        positions[i] = positions[j];
        positions[j] = kept;
    }
}
