package io.github.collapse4j.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.model.TrainingLoss.Kind;
import io.github.collapse4j.testkit.Seeded;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CoarseCountsTest {
    @Test
    void fewCountsStayAsTheyAre() {
        ClassCounts given = ClassCounts.of(9, 3, 9, 1);
        CoarseCounts coarse = CoarseCounts.of(given, 3);
        assertSame(given, coarse.counts());
        assertEquals(1, coarse.ratio());
        TrainingLoss loss = TrainingLoss.of(Kind.SOFTMAX).withClassWeights(1, 2, 3, 4);
        assertSame(loss, coarse.of(loss));
    }

    @Test
    void neighboursGetTheirRoundedMean() {
        CoarseCounts coarse = CoarseCounts.of(ClassCounts.of(10, 100, 11, 103, 12), 2);
        assertArrayEquals(new long[] {11, 102, 11, 102, 11}, coarse.counts().toArray());
        assertEquals(1.2, coarse.ratio(), 1e-15);
        TrainingLoss loss = coarse.of(
                TrainingLoss.of(Kind.SOFTMAX).withClassWeights(1, 2, 3, 4, 8).withSmoothing(0.1));
        assertArrayEquals(new double[] {4, 3, 4, 3, 4}, loss.classWeights().orElseThrow(), 1e-15);
        assertEquals(0.1, loss.smoothing());
    }

    @Test
    void countsStayWithinTheRatioAndInTheirOrder() {
        Seeded.range(40, 30).forEach(seeded -> {
            long[] given = new long[seeded.between(2, 300)];
            Arrays.setAll(given, k -> Math.round(seeded.logUniform(1, 1e6)));
            int groups = seeded.between(1, 20);
            CoarseCounts coarse = CoarseCounts.of(ClassCounts.of(given), groups);
            long[] counts = coarse.counts().toArray();
            assertTrue(Arrays.stream(counts).distinct().count() <= groups, seeded::toString);
            for (int j = 0; j < given.length; j++) {
                double factor = (double) counts[j] / given[j];
                // Rounding moves a mean by up to one half.
                double slack = 1 + 0.5 / Math.min(given[j], counts[j]);
                assertTrue(Math.max(factor, 1 / factor) <= coarse.ratio() * slack, seeded::toString);
                for (int k = 0; k < given.length; k++) {
                    assertTrue(given[j] < given[k] || counts[j] >= counts[k], seeded::toString);
                }
            }
        });
    }
}
