package io.github.collapse4j.spark;

import static io.github.collapse4j.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.collapse4j.measure.CollapseMeasurement;
import io.github.collapse4j.metrics.Estimate;
import io.github.collapse4j.metrics.KernelMoments;
import io.github.collapse4j.stats.Decisions;
import java.util.Optional;
import java.util.OptionalDouble;

/** Two measurements of the same samples. */
final class SameMeasurement {
    /** The guaranteed relative accuracy, whatever the partitions. */
    private static final double RELATIVE = 1e-10;

    private SameMeasurement() {}

    static void assertSame(CollapseMeasurement expected, CollapseMeasurement actual, String what) {
        assertEquals(expected.provenance().passes(), actual.provenance().passes(), what);
        assertSameNumbers(expected, actual, what);
    }

    /** Compares everything that does not depend on the kind of pass. */
    static void assertSameNumbers(CollapseMeasurement expected, CollapseMeasurement actual, String what) {
        assertArrayEquals(expected.moments().counts(), actual.moments().counts(), what);
        assertClose(expected.moments().weights(), actual.moments().weights(), RELATIVE, 0, what + ": weights");
        assertClose(expected.moments().means().data(), actual.moments().means().data(), RELATIVE, 0, what + ": means");
        assertClose(expected.variances(), actual.variances(), RELATIVE, 0, what + ": variances");
        assertEquals(expected.provenance().betweenRank(), actual.provenance().betweenRank(), what);
        close(expected.variability().trace(), actual.variability().trace(), what + ": NC1");
        close(expected.variability().quotient(), actual.variability().quotient(), what + ": quotient");
        close(expected.means().etfDistance(), actual.means().etfDistance(), what + ": NC2");
        close(expected.means().normVariation(), actual.means().normVariation(), what + ": norms");
        close(value(expected.pairs().cdnv()), value(actual.pairs().cdnv()), what + ": CDNV");
        kernel(expected.pairs().logKernel(), actual.pairs().logKernel(), what + ": GNC2");
        assertEquals(expected.classifier().isPresent(), actual.classifier().isPresent(), what);
        expected.classifier().ifPresent(layer -> {
            CollapseMeasurement.ClassifierGeometry found = actual.classifier().orElseThrow();
            close(layer.selfDuality(), found.selfDuality(), what + ": NC3");
            close(layer.dualityDistance(), found.dualityDistance(), what + ": NC3, Papyan");
            close(layer.uniformDuality(), found.uniformDuality(), what + ": UNC3");
            close(layer.biasRelation(), found.biasRelation(), what + ": bias");
        });
        assertEquals(expected.decisions().isPresent(), actual.decisions().isPresent(), what);
        expected.decisions()
                .ifPresent(decisions -> same(decisions, actual.decisions().orElseThrow(), what));
        close(expected.oodOrthogonality(), actual.oodOrthogonality(), what + ": NC5");
    }

    /** Weights in the tests are multiples of ¼, whose sums are exact. */
    static void same(Decisions expected, Decisions actual, String what) {
        assertArrayEquals(expected.totals(), actual.totals(), what);
        same(expected.linear(), actual.linear(), what + ": linear");
        same(expected.nearestMean(), actual.nearestMean(), what + ": nearest mean");
        same(expected.agreement(), actual.agreement(), what + ": agreement");
        same(expected.agreementWithoutBias(), actual.agreementWithoutBias(), what + ": agreement without bias");
        same(expected.confusion(), actual.confusion(), what + ": confusion");
    }

    private static void same(Optional<double[]> expected, Optional<double[]> actual, String what) {
        assertEquals(expected.isPresent(), actual.isPresent(), what);
        if (expected.isPresent()) {
            assertArrayEquals(expected.get(), actual.orElseThrow(), what);
        }
    }

    private static void kernel(Optional<KernelMoments> expected, Optional<KernelMoments> actual, String what) {
        assertEquals(expected.isPresent(), actual.isPresent(), what);
        if (expected.isPresent()) {
            assertClose(expected.get().mean(), actual.orElseThrow().mean(), RELATIVE, what);
            assertClose(expected.get().variance(), actual.orElseThrow().variance(), RELATIVE, what);
        }
    }

    private static OptionalDouble value(Optional<Estimate> estimate) {
        return estimate.map(e -> OptionalDouble.of(e.value())).orElse(OptionalDouble.empty());
    }

    private static void close(OptionalDouble expected, OptionalDouble actual, String what) {
        assertEquals(expected.isPresent(), actual.isPresent(), what);
        if (expected.isPresent()) {
            assertClose(expected.getAsDouble(), actual.getAsDouble(), RELATIVE, what);
        }
    }
}
