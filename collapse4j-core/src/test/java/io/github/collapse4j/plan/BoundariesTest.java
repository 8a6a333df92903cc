package io.github.collapse4j.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.model.TrainingLoss.Kind;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("heavy")
class BoundariesTest {
    record Case(Kind kind, Bias bias, ClassCounts counts) {}

    static Stream<Case> cases() {
        return Stream.of(Kind.values())
                .flatMap(kind -> Stream.of(new Bias.None(), Bias.ofLambda(0.01), new Bias.Free())
                        .flatMap(bias -> Stream.of(
                                        ClassCounts.of(60, 20, 9, 4),
                                        ClassCounts.of(40, 40, 40, 6, 6),
                                        ClassCounts.of(7, 3))
                                .map(counts -> new Case(kind, bias, counts))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everythingVanishesFromTheBoundaryOn(Case given) {
        PlanSetting setting = new PlanSetting(given.counts(), 0.01, given.bias());
        TrainingLoss loss = TrainingLoss.of(given.kind());
        double vanishing = Boundaries.vanishing(setting, loss);
        int classes = given.counts().classes();
        assertEquals(
                classes, setting.withMu(vanishing * (1 + 1e-6)).outlook(loss).classes(Outlook.Fate.VANISHED));
        assertTrue(setting.withMu(vanishing * (1 - 1e-3)).outlook(loss).classes(Outlook.Fate.VANISHED) < classes);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void classesArePredictedUpToTheirBoundary(Case given) {
        PlanSetting setting = new PlanSetting(given.counts(), 0.01, given.bias());
        TrainingLoss loss = TrainingLoss.of(given.kind());
        double vanishing = Boundaries.vanishing(setting, loss);
        Boundaries boundaries = Boundaries.scan(setting, loss, vanishing / 1000, vanishing, 12);
        assertEquals(13, boundaries.scan().size());
        for (int g = 0; g < boundaries.predictedBelow().length; g++) {
            int group = g;
            if (boundaries.predictedBelow()[g].isEmpty()) {
                // Squared and sigmoid losses may predict a class, or not, at every μ.
                assertEquals(
                        1,
                        boundaries.scan().stream()
                                .map(step -> step.outlook().fates()[group] == Outlook.Fate.APART)
                                .distinct()
                                .count());
                continue;
            }
            double end = boundaries.predictedBelow()[g].orElseThrow();
            assertEquals(
                    Outlook.Fate.APART,
                    setting.withMu(end * (1 - 1e-4)).outlook(loss).fates()[g],
                    () -> "group below " + end);
            assertFalse(
                    setting.withMu(end * (1 + 1e-4)).outlook(loss).fates()[g] == Outlook.Fate.APART,
                    () -> "group above " + end);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void classesAreOneFromTheirBoundaryOn(Case given) {
        PlanSetting setting = new PlanSetting(given.counts(), 0.01, given.bias());
        TrainingLoss loss = TrainingLoss.of(given.kind());
        double vanishing = Boundaries.vanishing(setting, loss);
        Boundaries boundaries = Boundaries.scan(setting, loss, vanishing / 1000, vanishing * 1.001, 12);
        for (int g = 0; g < boundaries.mergedFrom().length; g++) {
            double from = boundaries.mergedFrom()[g].orElseThrow();
            assertFalse(
                    setting.withMu(from * (1 - 1e-3)).outlook(loss).fates()[g].isOne(), () -> "group below " + from);
            assertTrue(
                    setting.withMu(from * (1 + 1e-3)).outlook(loss).fates()[g].isOne(), () -> "group above " + from);
        }
    }

    @Test
    void aTheoremGivesTheBoundaryExactlyWithoutBias() {
        ClassCounts counts = ClassCounts.of(500, 500, 500, 5, 5, 5);
        PlanSetting setting = new PlanSetting(counts, 0.01, new Bias.None());
        Boundaries boundaries = Boundaries.scan(setting, TrainingLoss.of(Kind.SOFTMAX), 1e-4, 0.01, 8);
        assertEquals(Math.sqrt(5) / 1515, boundaries.predictedBelow()[1].orElseThrow(), 1e-15);
        assertTrue(boundaries.predictedBelow()[0].isEmpty());
    }
}
