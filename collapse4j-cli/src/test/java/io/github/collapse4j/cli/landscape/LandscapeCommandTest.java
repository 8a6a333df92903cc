package io.github.collapse4j.cli.landscape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.collapse4j.cli.Run;
import io.github.collapse4j.io.npy.NpyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("heavy")
class LandscapeCommandTest {
    @TempDir
    private Path folder;

    /** The files of a point are a layer that certify judges as the atlas does, and the direction lowers the objective. */
    @Test
    void writesEveryPoint() throws IOException {
        JsonObject json = Run.json(
                "landscape",
                "--loss",
                "ce",
                "--counts",
                "6,6,3",
                "--dim",
                "3",
                "--starts",
                "1",
                "--out",
                folder.toString());
        Path files = folder.resolve("ce");
        List<String> table = Files.readAllLines(files.resolve("points.csv"));
        JsonArray points = json.getAsJsonArray("criticalPoints");
        assertEquals(points.size() + 1, table.size());
        assertEquals(13, table.get(0).split(",", -1).length);
        String tex = Files.readString(files.resolve("points.tex"));
        assertEquals(
                points.size(),
                tex.lines()
                        .filter(line -> line.contains(" & ") && !line.contains("rank"))
                        .count(),
                tex);
        for (int i = 0; i < points.size(); i++) {
            JsonObject point = points.get(i).getAsJsonObject();
            String[] row = table.get(i + 1).split(",", -1);
            assertEquals(point.get("objective").getAsDouble(), Double.parseDouble(row[2]));
            assertEquals(point.get("orbitDimension").getAsString(), row[6]);
            Path folder = files.resolve("point-0" + i);
            JsonObject certified = Run.json(
                    "certify", folder.toString(), "--lambda-w", "0.005", "--lambda-h", "0.001", "--lambda-b", "0.01");
            assertEquals(
                    point.get("objective").getAsDouble(),
                    certified.get("objective").getAsDouble(),
                    1e-12);
            List<String> spectrum = Files.readAllLines(folder.resolve("spectrum.csv"));
            long eigenvalues = spectrum.stream()
                    .skip(1)
                    .mapToLong(line -> Long.parseLong(line.split(",", -1)[1]))
                    .sum();
            assertEquals(3 * 3 + 3 * 15 + 3, eigenvalues, "Kd + dN + K");
            boolean isSaddle = point.get("index").getAsInt() > 0;
            for (String part : List.of("weights", "features", "bias")) {
                assertEquals(isSaddle, Files.exists(folder.resolve("escape-" + part + ".npy")), part);
            }
        }
    }

    @Test
    void jsonHasTheKeysAndTheTheoremsHold() {
        JsonObject json = JsonParser.parseString(
                        Run.text("landscape", "--loss", "ce", "--classes", "3", "--starts", "3", "--json", "-"))
                .getAsJsonObject();

        for (JsonElement element : json.getAsJsonArray("criticalPoints")) {
            JsonObject point = element.getAsJsonObject();
            for (String key : List.of(
                    "rank",
                    "objective",
                    "index",
                    "nullity",
                    "minCurvature",
                    "maxCurvature",
                    "sigmaOverMu",
                    "gradientNorm")) {
                assertTrue(point.get(key).getAsJsonPrimitive().isNumber(), key);
            }
            assertTrue(point.get("gradientNorm").getAsDouble() <= 1e-11, point::toString);
            int rank = point.get("rank").getAsInt();
            assertEquals(
                    rank < 2 ? "StrictSaddle" : "GlobalMinimum",
                    point.get("verdict").getAsString(),
                    point::toString);
        }
        JsonObject hunt = json.getAsJsonObject("hunt");
        // d = 2…5, three penalties, two optimisers, three starts; d = 2 = K − 1 is covered by the theory.
        assertEquals(72, hunt.get("starts").getAsInt());
        assertEquals(
                72, hunt.getAsJsonObject("ends").get("certifiedGlobalMinimum").getAsInt());
        assertEquals(72, hunt.get("coveredStarts").getAsInt());
        assertEquals(72, hunt.get("coveredCertifiedGlobalMinimum").getAsInt());
        assertEquals(0, hunt.getAsJsonArray("localMinima").size());
        JsonArray escapes = json.getAsJsonArray("escapes");
        assertFalse(escapes.isEmpty());
        JsonObject model = json.getAsJsonArray("models").get(0).getAsJsonObject();
        JsonObject search = model.getAsJsonObject("search");
        assertFalse(search.get("isEnumeration").getAsBoolean());
        int found = 0;
        for (JsonElement point : model.getAsJsonArray("criticalPoints")) {
            found += point.getAsJsonObject().get("timesFound").getAsInt();
            assertEquals(
                    search.get("starts").getAsInt(),
                    point.getAsJsonObject().get("starts").getAsInt());
        }
        assertEquals(
                search.get("starts").getAsInt(),
                found + search.get("startsWithoutPoint").getAsInt());
        for (JsonElement theorem : model.getAsJsonArray("theorems")) {
            assertEquals(0, theorem.getAsJsonObject().get("violations").getAsInt(), theorem::toString);
            assertTrue(theorem.getAsJsonObject().get("tested").getAsInt() > 0, theorem::toString);
        }
        for (JsonElement escape : escapes) {
            JsonObject run = escape.getAsJsonObject();
            if (run.get("optimizer").getAsString().equals("gradient descent")) {
                double predicted = Math.log(run.get("predictedRate").getAsDouble());
                double observed = Math.log(run.get("observedRate").getAsDouble());
                // Third-order terms within 1e-3 of the saddle.
                assertEquals(predicted, observed, 2e-2 * predicted, run::toString);
            }
        }
    }

    @Test
    void theMinimaOfATrainedLossAreProved() {
        Path proofs = folder.resolve("proofs");
        String text = Run.text(("landscape --loss bce --pos-weight 2,1,0.5 --counts 9,5,2 --dim 1 --lambda-w 0.004"
                        + " --lambda-h 0.002 --lambda-b 0 --starts 8 --prove " + proofs)
                .split(" "));
        Path file = proofs.resolve("binary-cross-entropy-k3-d1-x0.25-1.json");
        assertTrue(text.contains("proved: " + file), text);
        assertTrue(Run.text("verify", file.toString()).contains("There is a spurious local minimum"), text);
    }

    @Test
    void theMinimaOfAHuntAreProved() throws IOException {
        Path proofs = folder.resolve("proofs");
        Path page = folder.resolve("page.html");
        String[] words =
                "landscape --loss ce --counts 9,5,2 --dim 1 --lambda-w 0.004 --lambda-h 0.002 --lambda-b 0 --starts 8 --prove"
                        .split(" ");
        words = Stream.concat(Stream.of(words), Stream.of(proofs.toString())).toArray(String[]::new);
        String text = Run.text(Stream.concat(Stream.of(words), Stream.of("--html", page.toString()))
                .toArray(String[]::new));
        JsonObject json = JsonParser.parseString(Run.text(Stream.concat(Stream.of(words), Stream.of("--json", "-"))
                        .toArray(String[]::new)))
                .getAsJsonObject();
        JsonArray minima = json.getAsJsonObject("hunt").getAsJsonArray("localMinima");
        assertFalse(minima.isEmpty());
        for (JsonElement minimum : minima) {
            JsonObject proof = minimum.getAsJsonObject().getAsJsonObject("proof");
            String file = proof.get("file").getAsString();
            assertTrue(text.contains("proved: " + file), text);
            assertTrue(Run.text("verify", file).contains("There is a spurious local minimum"), file);
            assertEquals(
                    minimum.getAsJsonObject().get("objective").getAsDouble(),
                    proof.get("valueAtLeast").getAsDouble(),
                    1e-13);
            assertTrue(
                    Files.readString(page).contains(Path.of(file).getFileName().toString()), file);
        }
        assertTrue(
                text.replaceAll("\\s+", " ").contains(minima.size() + " of " + minima.size() + " local minim"), text);
    }

    /** At d = 2 with four classes, nothing certifies the lowest value; from d = 3 on it is certified. */
    @Test
    void certifiedMinimaAreDistinguishedFromLowestKnownValues() throws IOException {
        Path file = folder.resolve("landscape.json");
        String text = Run.text(
                "landscape",
                "--loss",
                "ce",
                "--classes",
                "4",
                "--dim",
                "2:3",
                "--starts",
                "2",
                "--json",
                file.toString());

        JsonObject hunt =
                JsonParser.parseString(Files.readString(file)).getAsJsonObject().getAsJsonObject("hunt");
        JsonObject ends = hunt.getAsJsonObject("ends");
        assertEquals(24, hunt.get("starts").getAsInt());
        assertEquals(12, ends.get("certifiedGlobalMinimum").getAsInt());
        assertEquals(
                12,
                ends.get("lowestKnown").getAsInt() + ends.get("localMinimum").getAsInt());
        for (JsonElement element : hunt.getAsJsonArray("byDimension")) {
            JsonObject cell = element.getAsJsonObject();
            boolean wide = cell.get("d").getAsInt() == 3;
            JsonObject of = cell.getAsJsonObject("ends");
            assertEquals(wide ? 4 : 0, of.get("certifiedGlobalMinimum").getAsInt(), cell::toString);
            assertEquals(wide, cell.get("benign").getAsBoolean());
            assertEquals(
                    cell.get("starts").getAsInt(),
                    of.asMap().values().stream().mapToInt(JsonElement::getAsInt).sum());
        }
        String words = text.replaceAll("\\s+", " ");
        assertTrue(words.contains("24 random starts. 12 ended at a certified global minimum, "), words);
        assertTrue(words.contains("12 of 12 ended at a certified global minimum"), words);
        assertTrue(words.contains("This is a search, not an enumeration"), words);
    }

    @Test
    void theBestPointOfASmallDimensionIsNotCalledTheGlobalMinimum() {
        String text = Run.text("landscape", "--loss", "ce", "--classes", "5", "--dim", "2", "--starts", "1");
        assertTrue(text.lines().findFirst().orElseThrow().contains("lowest value found"), text);
    }

    @Test
    void aHuntResumesFromItsJournalToTheSameBytes() throws IOException {
        String[] options = {"landscape", "--loss", "mse", "--classes", "3", "--starts", "12", "--json", "-"};
        String undisturbed = Run.text(options);
        Path journal = folder.resolve("journal");
        String[] resumable = java.util.Arrays.copyOf(options, options.length + 2);
        resumable[options.length] = "--resume";
        resumable[options.length + 1] = journal.toString();
        assertEquals(withoutCommand(undisturbed), withoutCommand(Run.text(resumable)));

        Path file = folder.resolve("journal.mse");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));

        assertEquals(withoutCommand(undisturbed), withoutCommand(Run.text(resumable)));
        assertEquals(whole.length, Files.size(file));
    }

    private static String withoutCommand(String json) {
        return json.lines().filter(line -> !line.contains("\"command\"")).collect(Collectors.joining("\n"));
    }

    @Test
    void thePageIsOneFile() throws IOException {
        Path page = folder.resolve("page.html");

        Run.text("landscape", "--loss", "ce", "--classes", "3", "--starts", "1", "--html", page.toString());

        String html = Files.readString(page);
        assertTrue(html.startsWith("<!DOCTYPE html>") || html.startsWith("<!doctype html>"), html.substring(0, 50));
        assertTrue(html.contains("StrictSaddle"));
    }

    @Test
    void penaltiesWithoutFiniteMultiplesAreWrongUsage() {
        for (String option : List.of("--lambda-w", "--lambda-h")) {
            for (String value : List.of("1.0E308", "4.9E-324")) {
                Run.assertRefused(
                        2,
                        "collapse4j landscape: " + option
                                + ": expected a number that stays finite and above 0 when divided or multiplied by"
                                + " 4, found "
                                + value,
                        "landscape",
                        option,
                        value);
            }
        }
    }

    /** Every theorem of the page holds for losses as they are trained, and d = d* leaves no spurious minimum. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--loss bce --counts 9,9,4",
                "--loss bce --counts 9,4,2 --label-smoothing 0.1 --pos-weight 2 --lambda-b 0",
                "--loss ce --counts 9,9,4 --label-smoothing 0.2 --class-weights balanced --margins ldam:0.5",
                "--loss mse --counts 9,9,4 --label-smoothing 0.2",
                "--loss mse --counts 9,9,4 --class-weights balanced --no-bias"
            })
    void theTheoremsHoldForLossesAsTrained(String options) {
        JsonObject json = JsonParser.parseString(
                        Run.text(("landscape --starts 2 --dim 3 --json - " + options).split(" ")))
                .getAsJsonObject();
        JsonObject model = json.getAsJsonArray("models").get(0).getAsJsonObject();
        for (JsonElement theorem : model.getAsJsonArray("theorems")) {
            assertEquals(0, theorem.getAsJsonObject().get("violations").getAsInt(), theorem::toString);
        }
        for (JsonElement point : model.getAsJsonArray("criticalPoints")) {
            String verdict = point.getAsJsonObject().get("verdict").getAsString();
            assertTrue(verdict.equals("GlobalMinimum") || verdict.equals("StrictSaddle"), point::toString);
        }
        assertTrue(model.get("globalMinimumCertified").getAsBoolean());
    }

    /** Five groups of targets for three classes. */
    @ParameterizedTest
    @CsvSource({"ce, 2", "mse, 2", "bce, 3"})
    void targetsTakeThePlaceOfClasses(String loss, int rankOfMinimum) throws IOException {
        Path file = folder.resolve("targets.npy");
        double[] targets = {1, 0, 0, 0, 1, 0, 0, 0, 1, 0.7, 0.3, 0, 0.2, 0.3, 0.5};
        new NpyWriter(NpyWriter.Type.FLOAT64).writeMatrix(file, targets, 5, 3, NpyWriter.Layout.ROW_MAJOR);
        String options =
                "--counts 9,7,4,6,3 --loss " + loss + " --targets " + file + " --lambda-w 0.004 --lambda-h 0.001";
        JsonObject json = JsonParser.parseString(
                        Run.text(("landscape --starts 2 --dim 3 --json - " + options).split(" ")))
                .getAsJsonObject();
        JsonObject model = json.getAsJsonArray("models").get(0).getAsJsonObject();
        JsonObject solved = Run.json(("solve --dim 3 " + options).split(" "));
        assertEquals(solved.get("lossOptions"), model.get("lossOptions"));
        assertEquals(5, model.get("groups").getAsInt());
        assertEquals(3, model.get("classes").getAsInt());
        assertEquals(
                solved.get("objective").getAsDouble(),
                model.get("globalMinimum").getAsDouble(),
                1e-12);
        assertTrue(model.get("globalMinimumCertified").getAsBoolean());
        for (JsonElement theorem : model.getAsJsonArray("theorems")) {
            assertEquals(0, theorem.getAsJsonObject().get("violations").getAsInt(), theorem::toString);
        }
        Set<Integer> ranks = new TreeSet<>();
        for (JsonElement element : model.getAsJsonArray("criticalPoints")) {
            JsonObject point = element.getAsJsonObject();
            int rank = point.get("rank").getAsInt();
            ranks.add(rank);
            assertEquals(
                    rank == rankOfMinimum ? "GlobalMinimum" : "StrictSaddle",
                    point.get("verdict").getAsString(),
                    point::toString);
        }
        assertEquals(IntStream.rangeClosed(0, rankOfMinimum).boxed().collect(Collectors.toSet()), ranks);
        JsonObject hunt = json.getAsJsonObject("hunt");
        assertEquals(hunt.get("starts"), hunt.getAsJsonObject("ends").get("certifiedGlobalMinimum"));
        Path page = folder.resolve("page.html");
        String text = Run.text(
                ("landscape --starts 1 --dim 2 --resume " + folder.resolve("j") + " --html " + page + " " + options)
                        .split(" "));
        assertTrue(text.contains("K = 3, M = 5 groups of equal targets, d = 2, N = 29"), text);
        assertFalse(text.matches("(?s).*\\b(NaN|Infinity|Optional)\\b.*"), text);
        assertTrue(Files.exists(page));
        assertTrue(Run.json(
                        ("landscape --prove " + folder.resolve("proofs") + " --starts 1 --dim 1 " + options).split(" "))
                .has("hunt"));
    }

    @Test
    void lossesAreCheckedBeforeAnythingIsComputed() {
        Run.assertRefused(
                2,
                "collapse4j landscape: --logit-adjustment and --margins: expected cross-entropy, found squared error",
                "landscape",
                "--counts",
                "6,4,2",
                "--margins",
                "ldam:0.5");
    }

    @Test
    void refusesFocalLossWithTheReason() {
        Run.assertRefused(
                2,
                "collapse4j landscape: Invalid value for option '--loss': expected a loss that is convex in the logits,"
                        + " which focal loss is not: it has no bound and no certificate",
                "landscape",
                "--loss",
                "focal");
        Run.assertRefused(
                2,
                "collapse4j landscape: Invalid value for option '--loss': expected one of [ce, mse, bce, both], found x",
                "landscape",
                "--loss",
                "x");
    }

    @Test
    void helpNamesTheJournalOfEveryLoss() {
        assertTrue(Run.text("landscape", "--help").replaceAll("\\s+", " ").contains("FILE.ce, FILE.mse or FILE.bce"));
    }
}
