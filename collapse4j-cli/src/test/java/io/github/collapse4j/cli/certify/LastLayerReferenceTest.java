package io.github.collapse4j.cli.certify;

import static io.github.collapse4j.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import io.github.collapse4j.cli.Fixture;
import io.github.collapse4j.cli.Run;
import io.github.collapse4j.cli.option.LossName;
import io.github.collapse4j.lastlayer.LastLayerAnalysis;
import io.github.collapse4j.lastlayer.LastLayerCertificate;
import io.github.collapse4j.solve.SolveListener;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Last layers of real networks against reference numbers from NumPy ({@code metrics-reference.json}). */
class LastLayerReferenceTest {
    /** The error is 2e-13; two digits are left for other orders of summation. */
    private static final double TOLERANCE = 1e-11;

    static Stream<Arguments> fixturesAndLosses() {
        return Fixture.all()
                .flatMap(fixture -> Arrays.stream(LossName.values()).map(loss -> Arguments.of(fixture, loss)));
    }

    @Test
    void thereAreNineFixtures() {
        assertEquals(9, Fixture.all().count());
    }

    @ParameterizedTest
    @MethodSource("fixturesAndLosses")
    void agrees(Fixture fixture, LossName loss) throws IOException {
        LastLayerCertificate found = new LastLayerAnalysis(
                        LastLayerAnalysis.Options.of(loss.loss()), SolveListener.SILENT)
                .analyze(fixture.read());
        JsonObject expected = fixture.reference(loss);
        agree(expected, "loss", found.loss());
        agree(expected, "impliedMu", found.implied().mu());
        agree(expected, "impliedLambdaW", found.implied().lambdaW());
        agree(expected, "impliedLambdaH", found.implied().lambdaH());
        agree(expected, "sigmaMax", found.sigmaMax());
        agree(expected, "sigmaOverMu", found.sigmaOverMu());
        agree(expected, "residualW", found.residualW());
        agree(expected, "residualH", found.residualH());
        agree(expected, "residualB", found.residualB() * fixture.biasTerms(loss));
    }

    @Test
    void theWholeCommandLineAgrees() {
        Fixture fixture = new Fixture("mnist10k-ce-d64/epoch150");
        JsonObject found = Run.json(fixture.certify("--loss", "ce"));
        JsonObject expected = fixture.reference(LossName.ce);
        agree(expected, "loss", number(found, "lossValue"));
        for (String key : List.of("impliedMu", "impliedLambdaW", "impliedLambdaH", "sigmaMax", "sigmaOverMu")) {
            agree(expected, key, number(found, key));
        }
        JsonObject residuals = found.getAsJsonObject("residuals");
        agree(expected, "residualW", number(residuals, "W"));
        agree(expected, "residualH", number(residuals, "H"));
        agree(expected, "residualB", number(residuals, "b") * fixture.biasTerms(LossName.ce));
    }

    private static void agree(JsonObject expected, String key, double found) {
        assertClose(number(expected, key), found, TOLERANCE, key);
    }

    private static double number(JsonObject object, String key) {
        return object.get(key).getAsDouble();
    }
}
