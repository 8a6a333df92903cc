package io.github.collapse4j.cli;

import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.io.ArrayFile;
import io.github.collapse4j.io.ClassifierFiles;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.samples.SampleFiles;
import io.github.collapse4j.io.samples.SampleRequest;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.stats.LinearClassifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One set of features to measure, with its classifier where there is one.
 *
 * @param name the features' file, or what the checkpoint of a series is called
 * @param samples the features; where they lie on a cluster, some of them for the page
 */
public record Checkpoint(String name, SampleSource samples, Optional<LinearClassifier> classifier) {
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,18})\\D*$");

    /** The last number of the name, such as the epoch. */
    OptionalLong epoch() {
        Matcher matcher = NUMBER.matcher(name);
        return matcher.find() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    /** Opens the files; K is the rows of the weights, if there are weights. */
    static Checkpoint open(
            String name, SampleFiles files, SampleRequest request, @Nullable String weights, @Nullable String bias)
            throws IOException {
        if (weights == null) {
            return new Checkpoint(name, files.open(request), Optional.empty());
        }
        int classes = Math.toIntExact(
                Math.min(Matrix.MAX_ENTRIES, ArrayFile.open(weights).matrix().rows()));
        SampleSource samples = files.open(request.withClasses(classes));
        Matrix w = ClassifierFiles.weights(ArrayFile.open(weights), samples.featureDimension(), request.features());
        LinearClassifier classifier = bias == null
                ? LinearClassifier.withoutBias(w)
                : new LinearClassifier(w, ClassifierFiles.bias(ArrayFile.open(bias), w.rows()));
        return new Checkpoint(name, samples, Optional.of(classifier));
    }

    /** Opens a folder with features.npy, labels.npy (there or one folder up), and perhaps weights.npy and bias.npy. */
    static Checkpoint ofFolder(String name, Path folder, SampleFiles files) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new InputException("--series: " + folder + ": expected a folder with features.npy, found "
                    + (Files.exists(folder) ? "a file" : "nothing"));
        }
        Path labels = folder.resolve("labels.npy");
        if (!Files.exists(labels)) {
            labels = folder.resolveSibling("labels.npy");
        }
        return open(
                name,
                files,
                SampleRequest.of(folder.resolve("features.npy").toString(), labels.toString()),
                ifExists(folder.resolve("weights.npy")),
                ifExists(folder.resolve("bias.npy")));
    }

    private static @Nullable String ifExists(Path file) {
        return Files.exists(file) ? file.toString() : null;
    }
}
