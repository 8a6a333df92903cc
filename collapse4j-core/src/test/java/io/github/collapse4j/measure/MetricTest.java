package io.github.collapse4j.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.fixtures.Matrices;
import io.github.collapse4j.fixtures.Samples;
import io.github.collapse4j.stats.LinearClassifier;
import io.github.collapse4j.testkit.Seeded;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** The catalogue of metrics; what they are worth, {@code CollapseMeasurerTest} says. */
class MetricTest {
    private static final Samples SAMPLES = Samples.random(Seeded.of(1), 6, new int[] {20, 10, 30}, 3, 0.2);

    private static List<Metric> measured(Optional<LinearClassifier> classifier) {
        CollapseMeasurement measurement = new CollapseMeasurer(MeasureOptions.defaults(), MeasureListener.SILENT)
                .measure(SAMPLES.source(), classifier, Optional.empty());
        return Metric.of(measurement);
    }

    @Test
    void everyMetricOnceInTheOrderOfItsGroup() {
        List<Metric> metrics =
                measured(Optional.of(LinearClassifier.withoutBias(Matrices.gaussian(3, 6, Seeded.of(2)))));
        assertEquals(
                metrics.size(), new HashSet<>(metrics.stream().map(Metric::key).toList()).size());
        assertEquals(
                List.of("NC1", "NC2", "NC3", "NC4", "NC5", "bias"),
                metrics.stream().map(Metric::group).distinct().toList());
        assertTrue(metrics.stream().allMatch(Metric::isExact), "three classes have few pairs");
        Metric cosine = metrics.stream()
                .filter(m -> m.key().equals("nc2CosineMean"))
                .findFirst()
                .orElseThrow();
        assertEquals(OptionalDouble.of(-0.5), cosine.ideal());
        assertEquals(
                List.of("nc5"),
                metrics.stream()
                        .filter(m -> m.value().isEmpty())
                        .map(Metric::key)
                        .toList());
    }

    @Test
    void metricsOfTheClassifierAreEmptyWithoutOne() {
        assertEquals(
                List.of("nc2Weights", "nc2WeightNormsCv", "nc3", "nc3Papyan", "unc3", "nc4AgreementWithBias"),
                measured(Optional.empty()).stream()
                        .filter(m -> m.value().isEmpty())
                        .limit(6)
                        .map(Metric::key)
                        .toList());
    }
}
