package io.github.collapse4j.cli;

import static io.github.collapse4j.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import io.github.collapse4j.lastlayer.LastLayerAnalysis;
import io.github.collapse4j.lastlayer.LastLayerCertificate;
import io.github.collapse4j.solve.SolveListener;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Last layers of real networks against the numbers that NumPy gave for them ({@code metrics-reference.json}). */
class LastLayerReferenceTest {
    private static final double TOLERANCE = 1e-9;

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
        agree(expected, "residualB", found.residualB());
        System.out.println();
    }

    private static void agree(JsonObject expected, String key, double found) {
        double e = expected.get(key).getAsDouble();
        System.out.printf("%s %.1e  ", key, Math.abs(found - e) / Math.abs(e));
        assertClose(e, found, TOLERANCE, key);
    }
}
