package io.github.collapse4j.cli.certify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.github.collapse4j.cli.Run;
import io.github.collapse4j.io.npy.NpyWriter;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.SolveOptions;
import io.github.collapse4j.solve.TargetSolver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code certify FEATURES --targets T}: layers trained on a target for each sample. */
class CertifyTargetsTest {
    private static final String PENALTIES = " --lambda-w 0.005 --lambda-h 0.0005 --lambda-b 0.01";

    /** Columns are the targets of groups of 4, 3, 2 and 5 samples. */
    private static final Matrix TARGETS = Matrix.ofRows(
            new double[] {1, 0, 0.5, 0.1}, new double[] {0, 0.75, 0.25, 0.2}, new double[] {0, 0.25, 0.25, 0.7});

    @TempDir
    private Path directory;

    private UfmProblem problem;

    /** Writes the optimum as a layer. */
    @BeforeEach
    void writeOptimum() throws IOException {
        ClassCounts counts = ClassCounts.of(4, 3, 2, 5);
        TrainingLoss loss = TrainingLoss.of(TrainingLoss.Kind.SOFTMAX).withSmoothing(0.1);
        problem = new UfmProblem(loss.ofTargets(counts, TARGETS), counts, 3, 0.005, 0.0005, new Bias.Regularised(0.01));
        UfmModel full = UfmModel.full(problem);
        UfmPoint point = full.expand(
                new TargetSolver(SolveOptions.defaults()).solve(problem).point());
        Matrix ofSamples = Matrix.zeros(3, full.columns());
        for (int i = 0; i < full.columns(); i++) {
            System.arraycopy(TARGETS.column(full.label(i)), 0, ofSamples.data(), 3 * i, 3);
        }
        rows("features", point.features());
        rows("targets", ofSamples);
        columns("weights", point.classifier());
        new NpyWriter(NpyWriter.Type.FLOAT64).writeVector(directory.resolve("bias.npy"), point.bias());
    }

    /** A row for each column of the matrix. */
    private void rows(String name, Matrix matrix) throws IOException {
        int samples = matrix.columns();
        int width = matrix.rows();
        new NpyWriter(NpyWriter.Type.FLOAT64)
                .writeMatrix(file(name), matrix.data(), samples, width, NpyWriter.Layout.ROW_MAJOR);
    }

    private void columns(String name, Matrix matrix) throws IOException {
        new NpyWriter(NpyWriter.Type.FLOAT64)
                .writeMatrix(file(name), matrix.data(), matrix.rows(), matrix.columns(), NpyWriter.Layout.COLUMN_MAJOR);
    }

    private Path file(String name) {
        return directory.resolve(name + ".npy");
    }

    private String[] command(String options) {
        List<String> parts = new ArrayList<>(List.of(
                "certify",
                file("features").toString(),
                "--targets",
                file("targets").toString(),
                "--weights",
                file("weights").toString(),
                "--bias",
                file("bias").toString()));
        parts.addAll(List.of(options.strip().split(" ")));
        return parts.toArray(String[]::new);
    }

    @Test
    void theOptimumIsGlobal() {
        JsonObject json = Run.json(command("--label-smoothing 0.1 --tolerance 1e-9" + PENALTIES));
        double optimum =
                new TargetSolver(SolveOptions.defaults()).solve(problem).objective();
        assertEquals(optimum, json.get("objective").getAsDouble(), 1e-12 * optimum);
        assertTrue(json.get("lowerBound").getAsDouble() <= optimum);
        assertTrue(json.get("relativeGap").getAsDouble() <= 1e-10);
        assertEquals(1, json.get("gaugeOverMu").getAsDouble(), 1e-8);
        assertEquals("GlobalMinimum", json.get("verdict").getAsString());
        assertEquals(4, json.get("distinctTargets").getAsInt());
        assertEquals(14, json.get("samples").getAsInt());
        assertEquals(3, json.get("classes").getAsInt());
        assertEquals(
                file("targets").toString(),
                json.getAsJsonObject("lossOptions").get("targets").getAsString());

        String text = Run.text(command("--label-smoothing 0.1 --tolerance 1e-9" + PENALTIES));
        assertTrue(
                text.contains("14 samples with 4 distinct targets, K = 3, d = 3, cross-entropy, label smoothing 0.1"));
        assertTrue(text.contains("Global minimum: no point can be lower than"), text);
        assertFalse(text.matches("(?s).*\\b(NaN|Infinity|null|Optional)\\b.*"), text);
    }

    @Test
    void ofAnotherLossItIsNot() {
        JsonObject json = Run.json(command(PENALTIES));
        assertEquals("NotCritical", json.get("verdict").getAsString());
        assertTrue(json.get("relativeGap").getAsDouble() > 1e-3);
        assertTrue(
                json.get("globalMinimum").getAsDouble() < json.get("objective").getAsDouble());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--prove p.json | --prove: expected no such option with --targets, found one",
                "--html p.html | --html: expected no such option with --targets, found one",
                "--margins 1 | --margins: expected no such option with --targets, found one",
                "--features unit --temperature 3 | --features: expected one of [free], found unit",
                "--features nonnegative | --features: expected one of [free], found nonnegative",
                "--class-weights balanced | --class-weights: expected numbers with --targets, found balanced"
            })
    void refusesWhatHasNoMeaning(String options, String line) {
        Run.assertRefused(2, "collapse4j certify: " + line, command(options));
    }

    @Test
    void refusesLabelsBesideTargets() {
        Run.assertRefused(
                2,
                "collapse4j certify: --targets: expected FEATURES and --weights W, and no LABELS",
                command(file("features").toString()));
    }

    @Test
    void namesTheFileOfTargetsThatDoNotFit() throws IOException {
        rows("targets", Matrix.zeros(2, 14));
        Run.assertRefused(
                1,
                "collapse4j certify: " + file("targets")
                        + ": expected targets N×K with K = 3 as the weights have, found 14×2",
                command(PENALTIES));
        rows("targets", Matrix.zeros(3, 13));
        Run.assertRefused(
                1,
                "collapse4j certify: " + file("targets") + ": expected a row for each of the 14 samples, found 13",
                command(PENALTIES));
        rows("targets", Matrix.zeros(3, 14));
        Run.assertRefused(
                1,
                "collapse4j certify: " + file("targets")
                        + ": expected distributions that sum to 1, found a sum of 0.0 in row 0",
                command(PENALTIES));
    }
}
