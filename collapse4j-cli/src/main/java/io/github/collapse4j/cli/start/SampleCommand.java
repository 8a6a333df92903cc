package io.github.collapse4j.cli.start;

import io.github.collapse4j.cli.option.BundledLayer;
import io.github.collapse4j.io.array.NumericMatrix;
import io.github.collapse4j.io.file.AtomicFile;
import io.github.collapse4j.io.npy.NpyWriter;
import io.github.collapse4j.io.npy.NpzWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sample}: writes a small real data set in the forms that other commands read. */
@Command(
        name = "sample",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a small real data set to try the other commands on.",
            "It is the last layer of " + BundledLayer.DESCRIPTION + ": features (N×d), labels (N), weights (K×d) and"
                    + " bias (K), as separate arrays, as an archive and as tables."
        },
        footer = {
            "",
            "Examples:",
            "  collapse4j sample",
            "  collapse4j certify sample/run.npz",
            "  collapse4j sample --out /tmp/try"
        })
public final class SampleCommand implements Callable<Integer> {
    private static final String FEATURES = "features";
    private static final String WEIGHTS = "weights";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "sample",
            description = "Folder for the files (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("sample");

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        NumericMatrix features = BundledLayer.array(FEATURES).matrix();
        int samples = Math.toIntExact(features.rows());
        int dimension = Math.toIntExact(features.columns());
        double[] ofSamples = new double[samples * dimension];
        features.readRows(0, samples, ofSamples);
        long[] labels = new long[samples];
        BundledLayer.array("labels").vector().readLongs(0, samples, labels);
        NumericMatrix weights = BundledLayer.array(WEIGHTS).matrix();
        int classes = Math.toIntExact(weights.rows());
        double[] ofClasses = new double[classes * dimension];
        weights.readRows(0, classes, ofClasses);
        double[] bias = new double[classes];
        BundledLayer.array("bias").vector().readDoubles(0, classes, bias);

        Path layer = Files.createDirectories(folder.resolve("layer"));
        NpyWriter writer = new NpyWriter(NpyWriter.Type.FLOAT32);
        writer.writeMatrix(layer.resolve("features.npy"), ofSamples, samples, dimension, NpyWriter.Layout.ROW_MAJOR);
        NpyWriter.writeLabels(layer.resolve("labels.npy"), labels);
        writer.writeMatrix(layer.resolve("weights.npy"), ofClasses, classes, dimension, NpyWriter.Layout.ROW_MAJOR);
        writer.writeVector(layer.resolve("bias.npy"), bias);
        try (NpzWriter archive = NpzWriter.create(folder.resolve("run.npz"), NpzWriter.Packing.STORED)) {
            archive.addMatrix(
                    FEATURES, NpyWriter.Type.FLOAT32, ofSamples, samples, dimension, NpyWriter.Layout.ROW_MAJOR);
            archive.addLabels("labels", labels);
            archive.addMatrix(
                    WEIGHTS, NpyWriter.Type.FLOAT32, ofClasses, classes, dimension, NpyWriter.Layout.ROW_MAJOR);
            archive.addVector("bias", NpyWriter.Type.FLOAT32, bias);
            archive.commit();
        }
        AtomicFile.writeString(folder.resolve("features.csv"), table(ofSamples, labels, dimension));
        AtomicFile.writeString(folder.resolve("features.jsonl"), records(ofSamples, labels, dimension));
        report();
        return 0;
    }

    /** One line per sample: its label, then its features in single precision. */
    private static String table(double[] features, long[] labels, int dimension) {
        StringBuilder text = new StringBuilder("label");
        for (int i = 0; i < dimension; i++) {
            text.append(",f").append(i);
        }
        text.append('\n');
        for (int n = 0; n < labels.length; n++) {
            text.append(labels[n]);
            for (int i = 0; i < dimension; i++) {
                text.append(',').append((float) features[n * dimension + i]);
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** The same as one JSON object per line, which is a table for Spark. */
    private static String records(double[] features, long[] labels, int dimension) {
        StringBuilder text = new StringBuilder();
        for (int n = 0; n < labels.length; n++) {
            StringJoiner row = new StringJoiner(",", "{\"label\":" + labels[n] + ",\"features\":[", "]}\n");
            for (int i = 0; i < dimension; i++) {
                row.add(Float.toString((float) features[n * dimension + i]));
            }
            text.append(row);
        }
        return text.toString();
    }

    private void report() {
        Path layer = folder.resolve("layer");
        PrintWriter out = spec.commandLine().getOut();
        out.println("Written: features.npy, labels.npy, weights.npy and bias.npy in " + layer + ",");
        out.println("all four in " + folder.resolve("run.npz") + ", features with labels in "
                + folder.resolve("features.csv") + " and, for Spark,");
        out.println("in " + folder.resolve("features.jsonl") + ".");
        out.println("To try:");
        out.println("  collapse4j certify " + layer);
        out.println("  collapse4j measure " + folder.resolve("run.npz"));
        out.println("  collapse4j measure " + folder.resolve("features.csv"));
        out.flush();
    }
}
