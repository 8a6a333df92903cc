package io.github.collapse4j.cli.measure;

import static io.github.collapse4j.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import io.github.collapse4j.cli.Fixture;
import io.github.collapse4j.lastlayer.LastLayer;
import io.github.collapse4j.measure.CollapseMeasurement;
import io.github.collapse4j.measure.CollapseMeasurer;
import io.github.collapse4j.measure.MeasureListener;
import io.github.collapse4j.measure.MeasureOptions;
import io.github.collapse4j.metrics.CosineSpread;
import io.github.collapse4j.metrics.KernelMoments;
import io.github.collapse4j.stats.Decisions;
import io.github.collapse4j.stats.LinearClassifier;
import io.github.collapse4j.testkit.GoldenJson;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Neural collapse of real networks against reference numbers from another system. */
class MeasureReferenceTest {
    private static final double TOLERANCE = 1e-9;

    /** The peer computes kernels over pairs of classes in single precision, whatever its input. */
    private static final double PEER_IN_SINGLE_PRECISION = 1e-6;

    private static final JsonObject REFERENCE =
            GoldenJson.load(Fixture.class, "/fixtures/metrics-reference.json").getAsJsonObject();

    static Stream<Fixture> fixtures() {
        return Fixture.all();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void agreesInTwoPasses(Fixture fixture) throws IOException {
        CollapseMeasurement found = measure(fixture, MeasureOptions.defaults());
        JsonObject expected = reference(fixture);
        assertEquals(2, found.provenance().passes().passes());
        agreeOnFeatures(expected, found);
        agreeOnPairs(expected, found);
        agreeOnClassifier(expected, found);
        agreeOnDecisions(expected, found.decisions().orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void agreesInOnePass(Fixture fixture) throws IOException {
        CollapseMeasurement found = measure(fixture, MeasureOptions.defaults().withDecisions(false));
        JsonObject expected = reference(fixture);
        assertEquals(
                found.provenance().featureDimension() == 10 ? 1 : 2,
                found.provenance().passes().passes());
        agreeOnFeatures(expected, found);
        agreeOnPairs(expected, found);
    }

    private static CollapseMeasurement measure(Fixture fixture, MeasureOptions options) throws IOException {
        LastLayer layer = fixture.read();
        return new CollapseMeasurer(options, MeasureListener.SILENT)
                .measure(
                        layer.samples(),
                        Optional.of(new LinearClassifier(layer.classifier(), layer.bias())),
                        Optional.empty());
    }

    private static JsonObject reference(Fixture fixture) {
        return REFERENCE.getAsJsonObject(fixture.name()).getAsJsonObject("metrics");
    }

    private static void agreeOnFeatures(JsonObject expected, CollapseMeasurement found) {
        assertEquals(expected.get("classes").getAsInt(), found.provenance().classes());
        assertEquals(
                expected.get("featureDimension").getAsInt(), found.provenance().featureDimension());
        assertEquals(expected.get("samples").getAsLong(), found.provenance().samples());
        agree(expected, "nc1", found.variability().trace());
        agree(expected, "nc1Quotient", found.variability().quotient());
        agree(expected, "nc2Means", found.means().etfDistance());
        agree(expected, "nc2MeanNormsCv", found.means().normVariation());
    }

    private static void agreeOnPairs(JsonObject expected, CollapseMeasurement found) {
        CosineSpread cosines = found.pairs().cosines().orElseThrow();
        agree(expected, "nc2CosineMean", cosines.mean().value());
        agree(expected, "nc2CosineStd", cosines.standardDeviation());
        agree(expected, "nc2MaxAngle", cosines.meanDeviation().value());
        double cdnv = expected.get("nc1Cdnv").getAsDouble();
        assertClose(cdnv, found.pairs().cdnv().orElseThrow().value(), PEER_IN_SINGLE_PRECISION, "nc1Cdnv");
        double[] kernel = GoldenJson.numbers(expected.get("gnc2Log"));
        KernelMoments log = found.pairs().logKernel().orElseThrow();
        assertClose(kernel[0], log.mean(), PEER_IN_SINGLE_PRECISION, "gnc2Log mean");
        assertClose(kernel[1], log.variance(), PEER_IN_SINGLE_PRECISION, "gnc2Log variance");
    }

    private static void agreeOnClassifier(JsonObject expected, CollapseMeasurement found) {
        CollapseMeasurement.ClassifierGeometry classifier = found.classifier().orElseThrow();
        agree(expected, "nc2Weights", classifier.etfDistance());
        agree(expected, "nc2WeightNormsCv", classifier.normVariation());
        agree(expected, "nc3", classifier.selfDuality());
        agree(expected, "nc3Papyan", classifier.dualityDistance());
        agree(expected, "unc3", classifier.uniformDuality());
        agree(expected, "biasRelation", classifier.biasRelation());
    }

    private static void agreeOnDecisions(JsonObject expected, Decisions found) {
        agree(expected, "nc4AgreementWithBias", found.agreementWithBias());
        agree(expected, "nc4AgreementNoBias", found.agreementNoBias());
        agree(expected, "accuracyLinear", found.accuracyLinear());
        agree(expected, "accuracyNearestMean", found.accuracyNearestMean());
    }

    private static void agree(JsonObject expected, String key, OptionalDouble found) {
        agree(expected, key, found.orElseThrow());
    }

    private static void agree(JsonObject expected, String key, double found) {
        assertClose(expected.get(key).getAsDouble(), found, TOLERANCE, key);
    }
}
