package io.github.collapse4j.cli.certify;

import io.github.collapse4j.io.LastLayerFiles;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.npy.NpyFile;
import io.github.collapse4j.lastlayer.LastLayer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The last layer of a real network, bundled with the program; its README documents its origin. */
final class BundledLayer {
    static final String DESCRIPTION = "a bundled convolutional network, d = K = 10, trained on 8,000 MNIST images";

    private BundledLayer() {}

    static LastLayer read() throws IOException {
        return LastLayerFiles.read(array("features"), array("labels"), array("weights"), array("bias"));
    }

    private static NumericArray array(String name) throws IOException {
        String resource = "mnist-ce-d10/" + name + ".npy";
        try (InputStream stream = Objects.requireNonNull(BundledLayer.class.getResourceAsStream(resource), resource)) {
            return NpyFile.read(stream, resource);
        }
    }
}
