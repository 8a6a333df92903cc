package io.github.collapse4j.measure;

import static io.github.collapse4j.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.collapse4j.data.SampleReader;
import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.fixtures.Matrices;
import io.github.collapse4j.fixtures.Samples;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.OutOfRangeException;
import io.github.collapse4j.stats.Decisions;
import io.github.collapse4j.stats.LinearClassifier;
import io.github.collapse4j.testkit.Seeded;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Features times 2^s and weights times 2^−s are the same layer in other units, from 1e-300 to 1e300. */
class ScaleLawTest {
    private static final double TOLERANCE = 1e-12;

    private static final Samples SAMPLES = Samples.random(Seeded.of(12), 7, new int[] {40, 25, 1, 30}, 1, 0.3);
    private static final LinearClassifier CLASSIFIER = new LinearClassifier(
            Matrices.gaussian(4, 7, Seeded.of(13)), Seeded.of(14).gaussian(4, 1));
    private static final double[] OOD = Seeded.of(15).gaussian(7, 1);

    @ParameterizedTest
    @ValueSource(ints = {-990, -700, -565, -400, -199, -3, 0, 5, 201, 350, 531, 800, 990})
    void metricsDoNotDependOnUnits(int exponent) {
        CollapseMeasurement expected = measure(SAMPLES.source(), CLASSIFIER, OOD);
        CollapseMeasurement found = measure(
                samples(exponent),
                new LinearClassifier(scaled(CLASSIFIER.weights(), -exponent), CLASSIFIER.bias()),
                scaled(Matrix.wrap(7, 1, OOD), exponent).data());

        assertSame(expected.variability().trace(), found.variability().trace(), "NC1");
        assertSame(expected.variability().quotient(), found.variability().quotient(), "NC1 quotient");
        assertSame(expected.means().etfDistance(), found.means().etfDistance(), "NC2");
        assertSame(expected.means().normVariation(), found.means().normVariation(), "norms");
        assertSame(expected.oodOrthogonality(), found.oodOrthogonality(), "NC5");
        assertClose(
                expected.pairs().cdnv().orElseThrow().value(),
                found.pairs().cdnv().orElseThrow().value(),
                TOLERANCE,
                "CDNV");
        CollapseMeasurement.ClassifierGeometry geometry = expected.classifier().orElseThrow();
        CollapseMeasurement.ClassifierGeometry foundGeometry =
                found.classifier().orElseThrow();
        assertSame(geometry.etfDistance(), foundGeometry.etfDistance(), "weights");
        assertSame(geometry.normVariation(), foundGeometry.normVariation(), "norms of weights");
        assertSame(geometry.selfDuality(), foundGeometry.selfDuality(), "NC3");
        assertSame(geometry.dualityDistance(), foundGeometry.dualityDistance(), "NC3 distance");
        assertSame(geometry.uniformDuality(), foundGeometry.uniformDuality(), "UNC3");
        assertSame(geometry.biasRelation(), foundGeometry.biasRelation(), "bias");
        String decisions = text(expected.decisions().orElseThrow());
        assertEquals(decisions, text(found.decisions().orElseThrow()));
        assertClose(
                scaled(expected.moments().means(), exponent).data(),
                found.moments().means().data(),
                TOLERANCE,
                0,
                "means");
        assertClose(
                scaled(expected.centred().centred(), exponent).data(),
                found.centred().centred().data(),
                TOLERANCE,
                0,
                "centred means");
        Optional<LinearClassifier> classifier =
                Optional.of(new LinearClassifier(scaled(CLASSIFIER.weights(), -exponent), CLASSIFIER.bias()));
        assertEquals(decisions, text(measurer().decide(samples(exponent), found.moments(), classifier)));
    }

    private static String text(Decisions decisions) {
        return Stream.of(
                        Optional.of(decisions.totals()),
                        decisions.linear(),
                        decisions.linearWithoutBias(),
                        decisions.nearestMean(),
                        decisions.agreement(),
                        decisions.agreementWithoutBias(),
                        decisions.confusion())
                .map(part -> part.map(Arrays::toString).orElse("-"))
                .toList()
                .toString();
    }

    /** The scale of these is not known beforehand; an error is better than a 0. */
    @ParameterizedTest
    @ValueSource(ints = {-565, 531})
    void aPipeOfExtremeNumbersIsRejected(int exponent) {
        SampleSource source = samples(exponent);
        SampleSource pipe = new SampleSource() {
            @Override
            public int featureDimension() {
                return source.featureDimension();
            }

            @Override
            public int classes() {
                return source.classes();
            }

            @Override
            public OptionalLong samples() {
                return OptionalLong.empty();
            }

            @Override
            public boolean isRereadable() {
                return false;
            }

            @Override
            public SampleReader open() {
                return source.open();
            }
        };
        assertThrows(OutOfRangeException.class, () -> measurer().measure(pipe, Optional.empty(), Optional.empty()));
    }

    private static CollapseMeasurer measurer() {
        return new CollapseMeasurer(MeasureOptions.defaults(), MeasureListener.SILENT);
    }

    private static CollapseMeasurement measure(SampleSource source, LinearClassifier classifier, double[] ood) {
        return measurer().measure(source, Optional.of(classifier), Optional.of(ood));
    }

    private static SampleSource samples(int exponent) {
        return new Samples(scaled(SAMPLES.features(), exponent), SAMPLES.labels(), 4).source();
    }

    private static Matrix scaled(Matrix matrix, int exponent) {
        Matrix scaled = matrix.copy();
        for (int i = 0; i < scaled.data().length; i++) {
            scaled.data()[i] = Math.scalb(scaled.data()[i], exponent);
        }
        return scaled;
    }

    private static void assertSame(OptionalDouble expected, OptionalDouble found, String what) {
        assertClose(expected.orElseThrow(), found.orElseThrow(), TOLERANCE, what);
    }
}
