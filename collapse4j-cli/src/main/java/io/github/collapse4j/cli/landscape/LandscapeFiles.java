package io.github.collapse4j.cli.landscape;

import io.github.collapse4j.cli.text.Table;
import io.github.collapse4j.curvature.FullSpectrum;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.file.AtomicFile;
import io.github.collapse4j.io.npy.NpyWriter;
import io.github.collapse4j.landscape.CriticalPoint;
import io.github.collapse4j.landscape.Landscape;
import io.github.collapse4j.landscape.Relabellings;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * The critical points of a landscape as files: a folder for each, numbered as in the report, with the point as a layer
 * that {@code certify} and {@code measure} read, its spectrum and the direction in which the objective falls fastest;
 * and all of them as tables, for a spreadsheet and for LaTeX.
 */
record LandscapeFiles(Path folder) {
    private static final long MAX_ENTRIES = 100_000_000;
    private static final NpyWriter FLOAT64 = new NpyWriter(NpyWriter.Type.FLOAT64);

    private static final List<String> COLUMNS = List.of(
            "point",
            "rank",
            "objective",
            "verdict",
            "index",
            "nullity",
            "orbitDimension",
            "relabellings",
            "smallestEigenvalue",
            "largestEigenvalue",
            "sigmaOverMu",
            "gradientNorm",
            "timesFound");

    /** Checks the sizes, and creates the folder. */
    static LandscapeFiles prepare(Path folder, UfmProblem problem) throws IOException {
        long samples = problem.counts().samples();
        if (samples > MAX_ENTRIES / problem.featureDimension()) {
            throw new InputException("--out: expected features N×d of at most " + MAX_ENTRIES + " entries, found "
                    + samples + "×" + problem.featureDimension());
        }
        Files.createDirectories(folder);
        return new LandscapeFiles(folder);
    }

    void write(Landscape landscape) throws IOException {
        UfmProblem problem = landscape.problem();
        List<CriticalPoint> points = landscape.atlas().points();
        StringBuilder csv = new StringBuilder(String.join(",", COLUMNS)).append('\n');
        List<BigInteger> relabellings = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            CriticalPoint point = points.get(i);
            relabellings.add(Relabellings.count(problem, point.point()));
            csv.append(row(i, point, relabellings.get(i))).append('\n');
            Path files = Files.createDirectories(folder.resolve(name(i)));
            layer(files, problem, point.point());
            spectrum(files, landscape.spectra().get(i));
            escape(files, problem, point);
        }
        AtomicFile.writeString(folder.resolve("points.csv"), csv.toString());
        AtomicFile.writeString(folder.resolve("points.tex"), LandscapeTex.table(problem, points, relabellings));
    }

    private static String name(int point) {
        return String.format(Locale.ROOT, "point-%02d", point);
    }

    private static String row(int i, CriticalPoint point, BigInteger relabellings) {
        return String.join(
                ",",
                Integer.toString(i),
                Integer.toString(point.rank()),
                Double.toString(point.objective()),
                point.verdict().name(),
                Integer.toString(point.index()),
                Integer.toString(point.nullity()),
                Integer.toString(point.spectrum().orbitDimension()),
                relabellings.toString(),
                Double.toString(point.minCurvature()),
                Double.toString(point.maxCurvature()),
                Double.toString(point.sigmaOverMu()),
                Double.toString(point.gradientNorm()),
                Integer.toString(point.timesFound()));
    }

    /** W (K×d), H (N×d, one row per sample), labels and, in a model with one, b. */
    private static void layer(Path files, UfmProblem problem, UfmPoint point) throws IOException {
        ClassCounts counts = problem.counts();
        int samples = Math.toIntExact(counts.samples());
        int d = problem.featureDimension();
        double[] features = new double[samples * d];
        long[] labels = new long[samples];
        int at = 0;
        for (int k = 0; k < counts.classes(); k++) {
            double scale = 1 / Math.sqrt((double) counts.count(k));
            for (long n = 0; n < counts.count(k); n++, at++) {
                labels[at] = k;
                for (int a = 0; a < d; a++) {
                    features[at * d + a] = scale * point.features().get(a, k);
                }
            }
        }
        weights(files.resolve("weights.npy"), point.classifier());
        FLOAT64.writeMatrix(files.resolve("features.npy"), features, samples, d, NpyWriter.Layout.ROW_MAJOR);
        NpyWriter.writeLabels(files.resolve("labels.npy"), labels);
        if (problem.bias().isPresent()) {
            FLOAT64.writeVector(files.resolve("bias.npy"), point.bias());
        } else {
            Files.deleteIfExists(files.resolve("bias.npy")); // of another model
        }
    }

    private static void weights(Path file, Matrix classifier) throws IOException {
        FLOAT64.writeMatrix(
                file, classifier.data(), classifier.rows(), classifier.columns(), NpyWriter.Layout.COLUMN_MAJOR);
    }

    /** All eigenvalues of the full model's Hessian. */
    private static void spectrum(Path files, FullSpectrum spectrum) throws IOException {
        StringJoiner csv = new StringJoiner("\n", "eigenvalue,multiplicity\n", "\n");
        spectrum.levels().forEach(level -> csv.add(level.value() + "," + level.multiplicity()));
        AtomicFile.writeString(files.resolve("spectrum.csv"), csv.toString());
    }

    /** The eigenvector of the smallest eigenvalue, if that is negative; class features as a row per class. */
    private static void escape(Path files, UfmProblem problem, CriticalPoint point) throws IOException {
        Path weights = files.resolve("escape-weights.npy");
        Path features = files.resolve("escape-features.npy");
        Path bias = files.resolve("escape-bias.npy");
        for (Path earlier : List.of(weights, features, bias)) {
            Files.deleteIfExists(earlier);
        }
        if (point.index() == 0) {
            return;
        }
        UfmObjective objective = UfmModel.reduced(problem).objective();
        UfmPoint direction = objective.toPoint(point.spectrum().lowest());
        weights(weights, direction.classifier());
        Matrix scaled = direction.features();
        double[] ofClasses = new double[scaled.columns() * scaled.rows()];
        for (int k = 0; k < scaled.columns(); k++) {
            double scale = 1 / Math.sqrt((double) problem.counts().count(k));
            for (int a = 0; a < scaled.rows(); a++) {
                ofClasses[k * scaled.rows() + a] = scale * scaled.get(a, k);
            }
        }
        FLOAT64.writeMatrix(features, ofClasses, scaled.columns(), scaled.rows(), NpyWriter.Layout.ROW_MAJOR);
        if (problem.bias().isPresent()) {
            FLOAT64.writeVector(bias, direction.bias());
        }
    }

    /** For the report. */
    String announcement() {
        return Table.format(
                "Written to %s: points.csv, points.tex, and for each point its weights, features, spectrum and, at a"
                        + " saddle, the direction of its steepest descent.",
                folder);
    }
}
