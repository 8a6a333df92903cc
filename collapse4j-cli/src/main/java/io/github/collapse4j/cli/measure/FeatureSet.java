package io.github.collapse4j.cli.measure;

import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.io.ClassifierSource;
import io.github.collapse4j.io.FileName;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.LayerFiles;
import io.github.collapse4j.io.samples.SampleFiles;
import io.github.collapse4j.io.samples.SampleRequest;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.stats.LinearClassifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One set of features to measure, with its classifier if there is one.
 *
 * @param name the features' file, or the name of the checkpoint in a series
 * @param samples the features; if they are on a cluster, a sample of them for the page
 */
public record FeatureSet(String name, SampleSource samples, Optional<LinearClassifier> classifier) {
    /**
     * Opens the files; K is the rows of the weights, if there are weights.
     *
     * @param taken receives a line that says what was taken from a model
     */
    static FeatureSet open(
            String name,
            SampleFiles files,
            SampleRequest request,
            @Nullable String weights,
            @Nullable String bias,
            Consumer<String> taken)
            throws IOException {
        if (weights == null) {
            return new FeatureSet(name, files.open(request), Optional.empty());
        }
        ClassifierSource source = ClassifierSource.open(weights, bias, FileName::path);
        source.description().ifPresent(taken);
        int classes = source.classes();
        if (request.classes().isPresent() && request.classes().getAsInt() != classes) {
            throw new InputException(weights + ": expected a row for each of the "
                    + request.classes().getAsInt() + " classes of --classes, found " + classes + " rows");
        }
        SampleSource samples = files.open(request.withClasses(classes));
        LinearClassifier classifier = classifier(source, samples.featureDimension(), request.features());
        return new FeatureSet(name, samples, Optional.of(classifier));
    }

    static LinearClassifier classifier(ClassifierSource source, int featureDimension, String features)
            throws IOException {
        Matrix w = source.weights(featureDimension, features);
        Optional<double[]> bias = source.bias();
        return bias.isEmpty() ? LinearClassifier.withoutBias(w) : new LinearClassifier(w, bias.get());
    }

    /** Opens a folder or an archive that holds features and labels, the latter there or one folder up, and perhaps weights. */
    static FeatureSet ofFolder(String name, Path path, SampleFiles files) throws IOException {
        String place = path.toString();
        if (!LayerFiles.isPlace(place, null)) {
            throw new InputException("--series: " + place + ": expected a folder or an archive with features, found "
                    + (FileName.exists(place) ? "a file" : "nothing"));
        }
        LayerFiles found = LayerFiles.find(place, new LayerFiles.Given(null, null, null));
        return open(
                name,
                files,
                SampleRequest.of(found.features(), found.labels()),
                found.weights().orElse(null),
                found.bias().orElse(null),
                line -> {});
    }
}
