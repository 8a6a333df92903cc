package io.github.collapse4j.measure;

import static io.github.collapse4j.testkit.Close.assertClose;

import io.github.collapse4j.fixtures.Samples;
import io.github.collapse4j.testkit.Seeded;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Cases in which other tools lose their digits: tiny spread, large offsets, classes of very different size. The oracle
 * is exact.
 */
@Tag("heavy")
class TerminalPhaseTest {
    /** The promised accuracy; all but the most extreme cases do much better. */
    private static final double TOLERANCE = 1e-6;

    static Stream<Arguments> cases() {
        return Seeded.range(1, 8)
                .flatMap(seeded -> Stream.of(0.0, 1.0, 1e4)
                        .flatMap(offset ->
                                Stream.of(1e-7, 1e-3, 1.0).map(spread -> Arguments.of(seeded.seed(), offset, spread))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void promisedAccuracyHolds(long seed, double offset, double spread) {
        Seeded seeded = Seeded.of(seed);
        int classes = seeded.between(2, 4);
        int[] counts = new int[classes];
        for (int k = 0; k < classes; k++) {
            counts[k] = (int) seeded.logUniform(1, 600);
        }
        counts[0] = Math.max(2, counts[0]);
        int d = seeded.between(classes - 1, 5);
        agree(Samples.random(seeded, d, counts, offset, Math.max(1, offset) * spread));
    }

    /** In single precision, the sum of a million numbers near 1e4 has three digits. */
    @Test
    void oneSampleAgainstAMillion() {
        agree(Samples.random(Seeded.of(3), 3, new int[] {1_000_000, 1, 30, 1000}, 1e4, 1e-3));
    }

    private static void agree(Samples samples) {
        ExactMoments expected = new ExactMoments(samples);
        agree(expected, samples, MeasureOptions.defaults(), 2);
        agree(expected, samples, MeasureOptions.defaults().withDecisions(false), 1);
    }

    private static void agree(ExactMoments expected, Samples samples, MeasureOptions options, int passes) {
        CollapseMeasurement found = new CollapseMeasurer(options, MeasureListener.SILENT)
                .measure(samples.source(), Optional.empty(), Optional.empty());
        assertClose(passes, found.provenance().passes().passes(), 0, "passes");
        assertClose(expected.trace(), found.variability().trace().orElseThrow(), TOLERANCE, "NC1 trace");
        assertClose(expected.quotient(), found.variability().quotient().orElseThrow(), TOLERANCE, "NC1 quotient");
        assertClose(expected.cdnv(), found.pairs().cdnv().orElseThrow().value(), TOLERANCE, "CDNV");
        assertClose(expected.etfDistance(), found.means().etfDistance().orElseThrow(), TOLERANCE, 1e-13, "NC2");
        assertClose(expected.normVariation(), found.means().normVariation().orElseThrow(), TOLERANCE, 1e-13, "norms");
        double sum = 0;
        int classes = samples.classes();
        for (int i = 0; i < classes; i++) {
            assertClose(expected.variance(i), found.variances()[i], TOLERANCE, "variance of class " + i);
            for (int j = 0; j < i; j++) {
                sum += Math.abs(expected.cosine(i, j) + 1 / (classes - 1.0));
            }
        }
        assertClose(
                sum / (classes * (classes - 1) / 2.0),
                found.pairs().cosines().orElseThrow().meanDeviation().value(),
                TOLERANCE,
                1e-13,
                "angles");
    }
}
