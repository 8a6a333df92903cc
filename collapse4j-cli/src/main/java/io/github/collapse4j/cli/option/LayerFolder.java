package io.github.collapse4j.cli.option;

import io.github.collapse4j.io.GroupedLayer;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.model.ClassCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of {@code --out}, prepared before anything is computed. */
public final class LayerFolder {
    private LayerFolder() {}

    /**
     * Creates the folder.
     *
     * @param groups samples of each class, or of each group
     * @throws InputException if it is a file, or the layer would be too large
     */
    public static Path prepare(Path folder, ClassCounts groups, int classes, int featureDimension) throws IOException {
        try {
            GroupedLayer.requireSize(groups, classes, featureDimension);
        } catch (InputException e) {
            throw new InputException("--out: " + e.getMessage());
        }
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new InputException("--out: " + folder + " is not a folder");
        }
        return Files.createDirectories(folder);
    }
}
