package io.github.collapse4j.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.collapse4j.fixtures.GoldenSamples;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.testkit.GoldenBytes;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * States written by another system, see {@code golden/generate_states.py}: the library writes the same bytes and reads
 * them.
 */
class StoredStatesTest {
    private static byte[] golden(String name) {
        return GoldenBytes.load(StoredStatesTest.class, "/golden/" + name + ".state");
    }

    private static ClassMoments moments() {
        Matrix means = GoldenSamples.means();
        return new ClassMoments(
                GoldenSamples.counts(), new double[] {4, 2, 0}, means, Matrix.zeros(2, 3), Optional.empty());
    }

    @Test
    void statesOfMoments() {
        MomentsAccumulator written = new MomentsAccumulator(GoldenSamples.CLASSES, GoldenSamples.DIMENSION, false);
        written.update(GoldenSamples.batch());
        MomentsAccumulator read = MomentsAccumulator.fromBytes(golden("moments"));

        assertArrayEquals(golden("moments"), written.toBytes());
        assertArrayEquals(golden("moments"), read.toBytes());
        assertArrayEquals(GoldenSamples.counts(), read.snapshot().counts());
        assertArrayEquals(GoldenSamples.means().data(), read.snapshot().means().data());
    }

    @Test
    void statesOfMomentsWithScatter() {
        MomentsAccumulator written = new MomentsAccumulator(GoldenSamples.CLASSES, GoldenSamples.DIMENSION, true);
        written.update(GoldenSamples.batch());
        MomentsAccumulator read = MomentsAccumulator.fromBytes(golden("moments-with-scatter"));

        assertArrayEquals(golden("moments-with-scatter"), written.toBytes());
        assertArrayEquals(golden("moments-with-scatter"), read.toBytes());
        WithinScatter within = read.snapshot().within().orElseThrow();
        assertArrayEquals(new double[] {6, 8, 8, 48}, within.pooled().data());
        assertArrayEquals(new double[] {20, 34, 0}, within.squares());
    }

    @Test
    void statesOfDeviations() {
        WithinFrame along = WithinFrame.along(GoldenSamples.means(), GoldenSamples.direction());
        Deviations.Along found = (Deviations.Along) deviations(along, "deviations-along");
        assertArrayEquals(new double[] {20, 34, 0}, found.squares());
        assertArrayEquals(new double[] {6}, found.alongSquares());

        Deviations whole = deviations(WithinFrame.whole(GoldenSamples.means()), "deviations-whole");
        assertArrayEquals(
                new double[] {6, 8, 8, 48},
                ((Deviations.Whole) whole).scatter().pooled().data());
    }

    private static Deviations deviations(WithinFrame frame, String name) {
        DeviationAccumulator written = new DeviationAccumulator(frame);
        written.update(GoldenSamples.batch());
        DeviationAccumulator read = DeviationAccumulator.fromBytes(frame, golden(name));
        assertArrayEquals(golden(name), written.toBytes());
        assertArrayEquals(golden(name), read.toBytes());
        return read.snapshot();
    }

    @Test
    void statesOfDecisions() {
        Decisions found = decisions(DecisionRules.of(moments(), Optional.of(GoldenSamples.classifier())), "decisions");
        assertArrayEquals(
                new double[] {4, 0, 0, 0, 2, 0, 0, 0, 0}, found.confusion().orElseThrow());

        Decisions linear = decisions(DecisionRules.linear(GoldenSamples.classifier()), "decisions-linear");
        assertArrayEquals(found.linear().orElseThrow(), linear.linear().orElseThrow());
        assertEquals(Optional.empty(), linear.confusion());
    }

    private static Decisions decisions(DecisionRules rules, String name) {
        DecisionAccumulator written = new DecisionAccumulator(rules);
        written.update(GoldenSamples.batch());
        DecisionAccumulator read = DecisionAccumulator.fromBytes(rules, golden(name));
        assertArrayEquals(golden(name), written.toBytes());
        assertArrayEquals(golden(name), read.toBytes());
        return read.snapshot();
    }
}
