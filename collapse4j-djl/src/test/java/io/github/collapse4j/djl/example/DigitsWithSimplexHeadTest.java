package io.github.collapse4j.djl.example;

import static io.github.collapse4j.testkit.Close.assertAtLeast;
import static io.github.collapse4j.testkit.Close.assertAtMost;
import static io.github.collapse4j.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.metric.Metrics;
import io.github.collapse4j.djl.NeuralCollapseListener;
import io.github.collapse4j.djl.data.BundledDigits;
import io.github.collapse4j.djl.data.ImageBatches;
import io.github.collapse4j.djl.data.PixelScale;
import io.github.collapse4j.io.image.LabelledImages;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("heavy")
class DigitsWithSimplexHeadTest {
    @Test
    void aPlainProgramGetsItsMetrics() throws Exception {
        LabelledImages digits = BundledDigits.balanced(1).train();
        PixelScale scale = PixelScale.of(digits);
        Metrics metrics = DigitsWithSimplexHead.train(
                ImageBatches.shuffled(digits, scale, 64, 1), ImageBatches.inOrder(digits, scale, 500), 6);
        String prefix = NeuralCollapseListener.PREFIX;
        assertEquals(6, metrics.getMetric(prefix + "nc1").size());
        double first = metrics.getMetric(prefix + "nc1").get(0).getValue();
        double last = metrics.latestMetric(prefix + "nc1").getValue();
        assertAtMost(0.7 * first, last, "NC1 falls");
        assertClose(0, metrics.latestMetric(prefix + "nc2").getValue(), 0, 1e-6, "NC2 of a fixed simplex");
        assertAtLeast(0.95, metrics.latestMetric(prefix + "accuracy").getValue(), "accuracy");
    }
}
