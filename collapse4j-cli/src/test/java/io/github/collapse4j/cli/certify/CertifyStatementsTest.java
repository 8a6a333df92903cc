package io.github.collapse4j.cli.certify;

import static io.github.collapse4j.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.collapse4j.cli.Fixture;
import io.github.collapse4j.cli.Run;
import io.github.collapse4j.cli.text.Table;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.npy.NpyFile;
import io.github.collapse4j.io.npy.NpyWriter;
import io.github.collapse4j.testkit.Seeded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The three statements of {@code certify} on real and made-up layers. */
class CertifyStatementsTest {
    private static final String DECAY = "5e-4";

    @TempDir
    private Path directory;

    /** Against SciPy's L-BFGS-B ({@code fixtures/head_gains.py}). */
    @ParameterizedTest
    @ValueSource(strings = {"mnist10k-ce-d10", "mnist10k-ce-d64"})
    void theGainOfARetrainedHeadAgreesWithScipy(String network) throws IOException {
        Fixture fixture = new Fixture(network + "/epoch150");
        JsonObject expected = JsonParser.parseString(
                        Files.readString(Path.of(fixture.path("features")).resolveSibling("../../head_gains.json")))
                .getAsJsonObject()
                .getAsJsonObject(network);
        JsonObject head = Run.json(fixture.certify("--weight-decay", DECAY)).getAsJsonObject("head");
        for (String key : List.of("objective", "gradientBound", "impliedLambdaW")) {
            assertClose(number(expected, key), number(head, key), 1e-10, key);
        }
        double gain = number(expected, "gain");
        double least = number(head, "gainAtLeast");
        double most = number(head, "gainAtMost");
        assertTrue(least <= gain + 1e-9 && gain <= most + 1e-9, gain + " in " + head);
        assertTrue(most - least <= 1e-3, head.toString());
    }

    @Test
    void theSharesAddUp() {
        JsonObject json = Run.json(new Fixture("mnist10k-ce-d64/epoch150").certify());
        JsonObject shares = json.getAsJsonObject("raw").getAsJsonObject("featureShares");
        double sum = 0;
        for (String part : List.of("offset", "unseen", "spread", "signal")) {
            assertTrue(number(shares, part) >= 0, part);
            sum += number(shares, part);
        }
        assertClose(1, sum, 1e-14, "sum");
        JsonObject seen = json.getAsJsonObject("seenByHead");
        assertEquals(9, seen.get("featureDimension").getAsInt());
        assertTrue(seen.get("isCentred").getAsBoolean());
    }

    /** One offset, as a ReLU leaves it, makes most of the raw excess; the head does not see it. */
    @Test
    void aCommonOffsetIsNotHeldAgainstTheHead() throws IOException {
        Run.text(
                "solve",
                "--counts",
                "20,20,20",
                "--lambda-w",
                "5e-3",
                "--lambda-h",
                "1e-3",
                "--lambda-b",
                "0",
                "--out",
                directory.toString());
        JsonObject optimal = Run.json("certify", directory.toString());
        assertEquals("nothing", optimal.get("action").getAsString());
        assertEquals("green", optimal.get("light").getAsString());
        double[] weights = read("weights.npy", 3, 3);
        double[] features = read("features.npy", 60, 3);
        double[] bias = read("bias.npy", 3, 1);
        JsonObject moved = moved(2, weights, features, bias);
        assertEquals("NotCritical", moved.get("verdict").getAsString());
        assertTrue(number(moved, "relativeGap") > 0.1);
        assertEquals(
                "GlobalMinimum",
                moved.getAsJsonObject("seenByHead").get("verdict").getAsString());
        assertEquals("nothing", moved.get("action").getAsString());
        String why = moved.get("why").toString();
        moved(0, weights, features, bias);
        double gain = 100 * (1 - objectiveAs(moved) / number(moved, "objective"));
        String promise = String.format(
                Locale.ROOT,
                "cannot tell from a bias; centring lowers the objective of the raw layer by %.3g %%, and changes no",
                gain);
        assertTrue(why.contains(promise), promise + " in " + why);
        assertFalse(why.contains("centre"), why);

        // not converged, and behind what may be a ReLU; then with negative features, which no ReLU leaves
        double[] shrunk = weights.clone();
        for (int j = 0; j < 3; j++) {
            shrunk[j] *= 0.3;
        }
        write("weights.npy", shrunk, 3, 3);
        String worse = moved(2, shrunk, features, bias).get("why").toString();
        assertTrue(worse.contains("a bias: centre the features or drop the last ReLU; centring lowers"), worse);
        String negative = moved(-2, shrunk, features, bias).get("why").toString();
        assertTrue(negative.contains("a bias: centre the features; centring lowers"), negative);
    }

    /** The objective of the layer in the folder at the penalties of another. */
    private double objectiveAs(JsonObject other) {
        JsonObject json = Run.json(
                "certify",
                directory.toString(),
                "--lambda-w",
                other.get("lambdaW").getAsString(),
                "--lambda-h",
                other.get("lambdaH").getAsString());
        return number(json, "objective");
    }

    /** The certificate after a shift of all features, which the bias makes up for. */
    private JsonObject moved(double by, double[] weights, double[] features, double[] bias) throws IOException {
        double[] shifted = Arrays.stream(features).map(h -> h + by).toArray();
        double[] offset = bias.clone();
        for (int k = 0; k < 3; k++) {
            offset[k] -= by * (weights[3 * k] + weights[3 * k + 1] + weights[3 * k + 2]);
        }
        write("features.npy", shifted, 60, 3);
        new NpyWriter(NpyWriter.Type.FLOAT64).writeVector(directory.resolve("bias.npy"), offset);
        return Run.json("certify", directory.toString());
    }

    /** Half of the weights' length: the best head is longer. */
    @Test
    void aHeadThatIsWorthRetrainingIsRetrained() throws IOException {
        Run.text(
                "solve",
                "--counts",
                "20,20,20",
                "--lambda-w",
                "5e-3",
                "--lambda-h",
                "1e-3",
                "--out",
                directory.toString());
        double[] weights = read("weights.npy", 3, 3);
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= 3;
        }
        write("weights.npy", weights, 3, 3);
        JsonObject json = Run.json("certify", directory.toString(), "--weight-decay", "5e-3");
        assertEquals("retrain-head", json.get("action").getAsString());
        assertTrue(json.get("advice").getAsString().startsWith("Retrain the head"));
        double gain = number(json.getAsJsonObject("head"), "gainAtLeast");
        assertTrue(gain > 0.05, "gain " + gain);
    }

    /** A better head gains more than the share from which one is retrained, but only a twelfth of the excess. */
    @Test
    void aTrainingThatWasStoppedEarlyGoesOn() {
        JsonObject json = Run.json(new Fixture("mnist10k-ce-d64/epoch010").certify("--weight-decay", DECAY));
        assertTrue(number(json.getAsJsonObject("head"), "gainAtLeast") > 0.05, json::toString);
        assertTrue(json.get("why").toString().contains("If the layer was not trained on these samples"));
        assertEquals("train-on", json.get("action").getAsString());
    }

    /** Only a penalty of the features lowers the rest, unless the training has one. */
    @Test
    void featuresAreTrainedOnWithAPenalty() {
        Fixture fixture = new Fixture("mnist10k-ce-d10/epoch150");
        JsonObject implied = Run.json(fixture.certify());
        assertEquals("train-features", implied.get("action").getAsString());
        String lambdaH = Table.number(number(implied.getAsJsonObject("seenByHead"), "lambdaH"));
        String penalty = "add λ_H/2·‖H‖² to the loss, with λ_H = ";
        assertTrue(implied.get("why").toString().contains(penalty + lambdaH), implied::toString);
        JsonObject given = Run.json(fixture.certify(
                "--lambda-w=" + number(implied, "lambdaW"), "--lambda-h=" + number(implied, "lambdaH")));
        assertEquals("train-features", given.get("action").getAsString());
        assertTrue(given.get("advice").getAsString().contains("longer or with a lower learning rate"));
        assertFalse(given.get("why").toString().contains(penalty));
    }

    @ParameterizedTest
    @CsvSource({
        "--threads=2, true",
        "--lambda-w=5e-4 --lambda-h=1e-8, true",
        "--lambda-w=5e-4 --lambda-h=1e-8 --lambda-b=1e-3, false",
        "--weight-decay=5e-4, false"
    })
    void saysThatThePenaltyOfTheBiasIsAssumed(String options, boolean isAssumed) {
        JsonObject json = Run.json(new Fixture("mnist10k-ce-d64/epoch150").certify(options.split(" ", -1)));
        assertEquals(
                isAssumed, json.getAsJsonObject("head").get("isLambdaBAssumed").getAsBoolean());
        String why = json.get("why").toString();
        assertEquals(
                isAssumed, why.contains(", assuming the same penalty of the bias: a free bias may gain more."), why);
    }

    @Test
    void thereIsNothingToDoAtTheOptimumBehindARelu() {
        String optimum = "solve --counts 30,20,10 --features nonnegative --lambda-w 5e-3 --lambda-h 1e-3 --out ";
        Run.text((optimum + directory).split(" ", -1));
        JsonObject json = Run.json("certify", directory.toString());
        assertEquals("nothing", json.get("action").getAsString(), json.get("advice")::toString);
    }

    /** Long weights and some samples on the wrong side, as among held-out samples: no penalty explains these weights. */
    @Test
    void headsAreNotRetrainedOnSamplesThatTheWeightsContradict() throws IOException {
        Run.text("solve", "--counts", "20,20,20", "--lambda-w", "5e-3", "--lambda-h", "1e-3", "--out", directory + "");
        Files.delete(directory.resolve("objective.json")); // as of a layer whose penalties are not known
        double[] weights = read("weights.npy", 3, 3);
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= 10;
        }
        write("weights.npy", weights, 3, 3);
        double[] features = read("features.npy", 60, 3);
        for (int j = 0; j < 3; j++) {
            double first = features[j];
            features[j] = features[3 * 20 + j];
            features[3 * 20 + j] = features[3 * 40 + j];
            features[3 * 40 + j] = first;
        }
        write("features.npy", features, 60, 3);
        JsonObject json = Run.json("certify", directory.toString(), "--weight-decay", "5e-3");
        assertTrue(number(json, "impliedMu") < 0);
        assertTrue(number(json.getAsJsonObject("head"), "gainAtLeast") > 0.05);
        assertEquals("other-samples", json.get("action").getAsString());
        assertTrue(json.get("advice").getAsString().startsWith("Repeat this with features of the training set"));
    }

    @Test
    void theWeightDecayIsComparedAndStandsIn() {
        Fixture trained = new Fixture("mnist10k-ce-d64/epoch150");
        JsonObject json = Run.json(trained.certify("--weight-decay", DECAY));
        assertEquals("train-on", json.get("action").getAsString());
        assertEquals("implied", json.getAsJsonObject("penalties").get("lambdaW").getAsString());
        assertTrue(json.getAsJsonObject("penalties").get("why").isJsonNull());
        Fixture untrained = new Fixture("mnist10k-ce-d10/epoch001");
        JsonObject assumed = Run.json(untrained.certify("--weight-decay", DECAY));
        JsonObject penalties = assumed.getAsJsonObject("penalties");
        assertEquals(5e-4, number(assumed, "lambdaW"));
        assertEquals("weight decay", penalties.get("lambdaW").getAsString());
        assertEquals("balance", penalties.get("lambdaH").getAsString());
        assertFalse(penalties.get("why").isJsonNull());
        assertTrue(number(assumed, "relativeGap") > 0);
    }

    /** W has outputs for classes that the samples lack. */
    @Test
    void absentClassesAreListed() throws IOException {
        int n = 40;
        double[] weights = Seeded.of(1).gaussian(7 * 3, 1);
        double[] features = Seeded.of(2).gaussian(n * 3, 0.3);
        long[] labels = new long[n];
        for (int i = 0; i < n; i++) {
            labels[i] = new int[] {1, 4, 5}[i % 3];
            for (int a = 0; a < 3; a++) {
                features[3 * i + a] += weights[3 * (int) labels[i] + a];
            }
        }
        write("features.npy", features, n, 3);
        write("weights.npy", weights, 7, 3);
        NpyWriter.writeLabels(directory.resolve("labels.npy"), labels);
        for (String[] loss : new String[][] {{}, {"--loss", "bce"}, {"--label-smoothing", "0.1"}}) {
            String[] arguments = new String[2 + loss.length];
            arguments[0] = "certify";
            arguments[1] = directory.toString();
            System.arraycopy(loss, 0, arguments, 2, loss.length);
            JsonObject json = Run.json(arguments);
            assertEquals("[0,2,3,6]", json.get("absentClasses").toString());
            assertEquals(3, json.get("classes").getAsInt());
            assertTrue(Run.text(arguments).contains("no samples, left out of the model: classes 0, 2, 3, 6 (4 of 7)"));
        }
        // Lists are those of the training, for all seven outputs.
        for (String option : new String[] {"--class-weights", "--margins"}) {
            JsonObject json = Run.json("certify", directory.toString(), option, "9,1,9,9,2,0.5,9");
            String name = option.equals("--margins") ? "margins" : "classWeights";
            assertEquals(
                    "[1.0,2.0,0.5]",
                    json.getAsJsonObject("lossOptions").get(name).toString());
        }
        Run.assertRefused(
                2,
                "collapse4j certify: --class-weights: expected 7 numbers, found 3",
                "certify",
                directory.toString(),
                "--class-weights",
                "1,2,3");
        NpyWriter.writeLabels(directory.resolve("labels.npy"), new long[n]);
        Run.assertRefused(
                1,
                "collapse4j certify: " + directory.resolve("labels.npy")
                        + ": expected samples of at least two classes, found samples of 1",
                "certify",
                directory.toString());
    }

    /** Every first cell of every table is a term that {@code --explain} explains. */
    @Test
    void everyTermIsExplained() {
        String text = Run.text(new Fixture("mnist10k-ce-d64/epoch150").certify("--explain"));
        String terms = text.substring(text.indexOf("\nTerms"));
        Set<String> shown = text.substring(text.indexOf("The head, for these features"), text.indexOf("\nTerms"))
                .lines()
                .filter(line -> line.matches(" {2,6}[^ ].*[^ ] {2,}[^ ].*"))
                .map(line -> line.strip().split(" {2,}", 2)[0])
                .collect(Collectors.toSet());
        assertTrue(shown.size() > 18, shown.toString());
        for (String term : shown) {
            assertTrue(terms.contains("  " + term + ": "), term);
        }
        assertNotEquals(-1, text.indexOf("certified gap"));
    }

    @Test
    void writesAPage() throws IOException {
        Path page = directory.resolve("verdict.html");
        String text = Run.text(new Fixture("mnist10k-ce-d10/epoch150").certify("--html", page.toString()));
        assertTrue(text.contains("Page written to " + page), text);
        String html = Files.readString(page);
        assertTrue(html.contains("\"light\":\"red\""), "light");
        assertTrue(html.contains("\"geometry\":{"), "geometry");
        assertTrue(html.contains("\"widestAngle\":"), "widest angle");
        assertTrue(html.contains("<title>Is this last layer optimal? – collapse4j certify</title>"), "title");
        Path solved = directory.resolve("solution.html");
        Run.text("solve", "--classes", "4", "--per-class", "10", "--html", solved.toString());
        assertTrue(Files.readString(solved).contains("this is the certified global minimum"));
        Run refused =
                Run.of("certify", "--html", directory.resolve("none/x.html").toString());
        assertEquals(1, refused.exitCode());
    }

    private double[] read(String name, int rows, int columns) throws IOException {
        double[] values = new double[rows * columns];
        try (NumericArray file = NpyFile.open(directory.resolve(name))) {
            if (columns == 1) {
                file.vector().readDoubles(0, rows, values);
            } else {
                file.matrix().readRows(0, rows, values);
            }
        }
        return values;
    }

    private void write(String name, double[] values, int rows, int columns) throws IOException {
        new NpyWriter(NpyWriter.Type.FLOAT64)
                .writeMatrix(directory.resolve(name), values, rows, columns, NpyWriter.Layout.ROW_MAJOR);
    }

    private static double number(JsonObject json, String key) {
        return json.get(key).getAsDouble();
    }
}
