package io.github.collapse4j.cli.option;

import io.github.collapse4j.data.FeatureSamples;
import io.github.collapse4j.io.ClassifierFiles;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.array.NumericMatrix;
import io.github.collapse4j.io.file.AtomicFile;
import io.github.collapse4j.io.npy.NpyFile;
import io.github.collapse4j.lastlayer.LastLayer;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.measure.SamplePasses;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/** The last layer of a real network, bundled with the program; its README documents its origin. */
public final class BundledLayer {
    public static final String DESCRIPTION =
            "a bundled convolutional network, d = K = 10, trained on 8,000 MNIST images";

    private BundledLayer() {}

    public static LastLayer read() throws IOException {
        Matrix features = columns("features");
        Matrix classifier = columns("weights").transpose();
        long[] labels = new long[features.columns()];
        array("labels").vector().readLongs(0, labels.length, labels);
        int[] classOf = Arrays.stream(labels).mapToInt(Math::toIntExact).toArray();
        double[] bias = ClassifierFiles.bias(array("bias"), classifier.rows());
        return LastLayer.withBias(
                SamplePasses.of(new FeatureSamples(features, classOf, classifier.rows())), classifier, bias);
    }

    /** The rows of an array as columns. */
    private static Matrix columns(String name) throws IOException {
        NumericMatrix matrix = array(name).matrix();
        Matrix columns = Matrix.zeros((int) matrix.columns(), (int) matrix.rows());
        matrix.readRows(0, columns.columns(), columns.data());
        return columns;
    }

    /** The array with the role {@code name}: features (N×d), labels (N), weights (K×d) or bias (K). */
    public static NumericArray array(String name) throws IOException {
        try (InputStream stream = open(name)) {
            return NpyFile.read(stream, name);
        }
    }

    /**
     * Writes an array as it is bundled.
     *
     * @param name its role; during the training {@code epoch001/features} and the like, after 1 and 10 epochs
     */
    public static void copy(String name, Path target) throws IOException {
        try (InputStream stream = open(name);
                AtomicFile file = AtomicFile.create(target)) {
            stream.transferTo(file.stream());
            file.commit();
        }
    }

    private static InputStream open(String name) {
        String resource = "mnist-ce-d10/" + name + ".npy";
        return Objects.requireNonNull(BundledLayer.class.getResourceAsStream(resource), resource);
    }
}
