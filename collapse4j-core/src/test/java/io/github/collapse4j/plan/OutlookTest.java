package io.github.collapse4j.plan;

import static io.github.collapse4j.plan.Outlook.Fate.APART;
import static io.github.collapse4j.plan.Outlook.Fate.MERGED;
import static io.github.collapse4j.plan.Outlook.Fate.OUTSCORED;
import static io.github.collapse4j.plan.Outlook.Fate.VANISHED;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.model.TrainingLoss.Kind;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutlookTest {
    private static final TrainingLoss CE = TrainingLoss.of(Kind.SOFTMAX);

    /** docs/theory.md §5 and §10: the margin of s(e_k − 1/K) is s. */
    @ParameterizedTest
    @CsvSource({"3, 10, 0, 0.01", "10, 500, 0, 0.0002", "10, 500, 0.1, 0.0002", "4, 7, 0.3, 0.001"})
    void marginsOfBalancedClassesAreTheFormulas(int classes, int samples, double smoothing, double mu) {
        PlanSetting setting = new PlanSetting(ClassCounts.balanced(classes, samples), mu, Bias.ofLambda(0.01));
        Outlook outlook = setting.outlook(CE.withSmoothing(smoothing));
        double pi = smoothing / classes + mu * Math.sqrt(samples);
        assertArrayEquals(new double[] {Math.log(1 / pi - (classes - 1))}, outlook.margins(), 1e-12);
        assertEquals(classes - 1, outlook.dimension());
        assertEquals(
                Math.toDegrees(Math.acos(-1.0 / (classes - 1))),
                outlook.angle(0, 0).orElseThrow(),
                1e-6);
        assertArrayEquals(new Outlook.Fate[] {APART}, outlook.fates());
    }

    @Test
    void everySolutionIsCounted() {
        AtomicInteger solved = new AtomicInteger();
        PlanSetting setting =
                new PlanSetting(ClassCounts.of(9, 9, 3), 0.01, new Bias.None()).withListener(solved::incrementAndGet);
        setting.outlook(CE);
        setting.withMu(0.02).outlook(CE);
        assertEquals(2, solved.get());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1})
    void balancedClassesVanishWhereTheFormulaSays(double smoothing) {
        PlanSetting setting = new PlanSetting(ClassCounts.balanced(5, 20), 0.01, Bias.ofLambda(0.01));
        TrainingLoss loss = CE.withSmoothing(smoothing);
        double threshold = (1 - smoothing) / (5 * Math.sqrt(20));
        assertEquals(threshold, Boundaries.vanishing(setting, loss), 1e-10 * threshold);
        assertArrayEquals(
                new Outlook.Fate[] {APART},
                setting.withMu(threshold * (1 - 1e-4)).outlook(loss).fates());
        assertArrayEquals(
                new Outlook.Fate[] {VANISHED},
                setting.withMu(threshold * (1 + 1e-4)).outlook(loss).fates());
    }

    /** Squared error without bias: logits 1 − μN/√n, and a class vanishes where this is zero. */
    @Test
    void marginsOfSquaredErrorAreTheFormulas() {
        ClassCounts counts = ClassCounts.of(400, 100, 4);
        Outlook outlook = new PlanSetting(counts, 0.01, new Bias.None()).outlook(TrainingLoss.of(Kind.SQUARED));
        assertArrayEquals(new double[] {1 - 5.04 / 20, 1 - 5.04 / 10, 0}, outlook.margins(), 1e-12);
        assertArrayEquals(new Outlook.Fate[] {APART, APART, VANISHED}, outlook.fates());
        assertEquals(2, outlook.dimension());
        assertEquals(90, outlook.angle(0, 1).orElseThrow(), 1e-6);
        assertTrue(outlook.angle(0, 2).isEmpty());
        assertTrue(outlook.angle(0, 0).isEmpty());
        assertEquals(2, outlook.classes(APART));
    }

    @Test
    void rareClassesMergeAtTheirThresholdAndVanishLater() {
        ClassCounts counts = ClassCounts.of(500, 500, 500, 5, 5, 5);
        PlanSetting setting = new PlanSetting(counts, 1, new Bias.None());
        double threshold = Math.sqrt(5) / 1515;
        assertEquals(threshold, setting.withMu(0.001).outlook(CE).criticalMu(1).orElseThrow(), 1e-15);
        assertArrayEquals(
                new Outlook.Fate[] {APART, APART},
                setting.withMu(threshold * (1 - 1e-4)).outlook(CE).fates());
        assertArrayEquals(
                new Outlook.Fate[] {APART, MERGED},
                setting.withMu(threshold * (1 + 1e-4)).outlook(CE).fates());
        assertArrayEquals(
                new Outlook.Fate[] {APART, VANISHED},
                setting.withMu(0.01).outlook(CE).fates());
    }

    @Test
    void aClassMayBeToldApartAndYetNotBePredicted() {
        ClassCounts counts = ClassCounts.of(5000, 2000, 800, 300, 120, 50, 20, 12);
        Outlook outlook = new PlanSetting(counts, 6.6288e-4, new Bias.None()).outlook(CE);
        assertArrayEquals(
                new Outlook.Fate[] {APART, APART, APART, APART, APART, APART, OUTSCORED, OUTSCORED}, outlook.fates());
        assertTrue(outlook.margins()[7] < 0);
    }
}
