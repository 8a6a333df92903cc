package io.github.collapse4j.cli.start;

import io.github.collapse4j.cli.option.BundledLayer;
import io.github.collapse4j.cli.text.OptionGroup;
import io.github.collapse4j.cli.text.Table;
import io.github.collapse4j.io.array.NumericMatrix;
import io.github.collapse4j.io.file.AtomicFile;
import io.github.collapse4j.io.npy.NpyWriter;
import io.github.collapse4j.io.npy.NpzWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
                    + " bias (K), as separate arrays, as an archive and as tables; and the same layer during its training."
        },
        footer = {
            "",
            "Examples:",
            "  collapse4j sample",
            "  collapse4j certify sample/run.npz",
            "  collapse4j measure --series 'sample/run/epoch*' --html run.html",
            "  collapse4j sample --out /tmp/try"
        })
public final class SampleCommand implements Callable<Integer> {
    private static final String FEATURES = "features";
    private static final String LABELS = "labels";
    private static final String WEIGHTS = "weights";
    private static final String BIAS = "bias";

    @OptionGroup("Output")
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
        BundledLayer.array(LABELS).vector().readLongs(0, samples, labels);
        NumericMatrix weights = BundledLayer.array(WEIGHTS).matrix();
        int classes = Math.toIntExact(weights.rows());
        double[] ofClasses = new double[classes * dimension];
        weights.readRows(0, classes, ofClasses);
        double[] bias = new double[classes];
        BundledLayer.array(BIAS).vector().readDoubles(0, classes, bias);

        layer("layer", "");
        BundledLayer.copy(LABELS, folder.resolve("layer").resolve("labels.npy"));
        for (String epoch : List.of("epoch001", "epoch010")) {
            layer("run/" + epoch, epoch + "/");
        }
        layer("run/epoch150", "");
        BundledLayer.copy(LABELS, folder.resolve("run").resolve("labels.npy"));
        try (NpzWriter archive = NpzWriter.create(folder.resolve("run.npz"), NpzWriter.Packing.STORED)) {
            archive.addMatrix(
                    FEATURES, NpyWriter.Type.FLOAT32, ofSamples, samples, dimension, NpyWriter.Layout.ROW_MAJOR);
            archive.addLabels(LABELS, labels);
            archive.addMatrix(
                    WEIGHTS, NpyWriter.Type.FLOAT32, ofClasses, classes, dimension, NpyWriter.Layout.ROW_MAJOR);
            archive.addVector(BIAS, NpyWriter.Type.FLOAT32, bias);
            archive.commit();
        }
        AtomicFile.writeString(folder.resolve("features.csv"), table(ofSamples, labels, dimension));
        AtomicFile.writeString(folder.resolve("features.jsonl"), records(ofSamples, labels, dimension));
        report();
        return 0;
    }

    /** Writes the layer at the end of the training, or an earlier one, without the labels. */
    private void layer(String name, String epoch) throws IOException {
        Path target = Files.createDirectories(folder.resolve(name));
        for (String array : List.of(FEATURES, WEIGHTS, BIAS)) {
            BundledLayer.copy(epoch + array, target.resolve(array + ".npy"));
        }
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
        out.println("Written to " + folder + ":");
        out.print(new Table("  ")
                .row("layer", "features.npy, labels.npy, weights.npy and bias.npy")
                .row("run.npz", "all four")
                .row("features.csv", "features and labels; features.jsonl, the same for Spark")
                .row("run/epoch*", "the layer after 1, 10 and 150 epochs, the last of which is that of the others"));
        out.println("To try:");
        out.println("  collapse4j certify " + layer);
        out.println("  collapse4j measure " + folder.resolve("run.npz"));
        out.println("  collapse4j measure " + folder.resolve("features.csv"));
        out.println("  collapse4j measure --series '" + folder.resolve("run") + "/epoch*' --html run.html");
        out.flush();
    }
}
