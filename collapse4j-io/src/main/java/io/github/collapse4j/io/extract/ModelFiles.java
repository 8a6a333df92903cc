package io.github.collapse4j.io.extract;

import io.github.collapse4j.io.FileName;
import io.github.collapse4j.io.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ServiceLoader;

/** Opens models of every kind for which there is an engine. */
public final class ModelFiles {
    private ModelFiles() {}

    /**
     * Opens a model.
     *
     * @throws InputException if no engine runs such files, or the model cannot be used
     */
    public static TrainedModel open(String name) throws IOException {
        Path file = FileName.path(name);
        if (!Files.exists(file)) {
            throw new NoSuchFileException(name);
        }
        if (Files.isDirectory(file)) {
            throw new InputException(name + ": expected a model file, found a folder");
        }
        boolean isThereAny = false;
        for (ModelFormat format : ServiceLoader.load(ModelFormat.class, ModelFiles.class.getClassLoader())) {
            isThereAny = true;
            if (format.reads(name)) {
                return format.open(file);
            }
        }
        throw new InputException(
                isThereAny
                        ? name + ": expected a model that can be run, MODEL.onnx, found another file name"
                        : name + ": running a model needs the module collapse4j-onnx on the class path; start"
                                + " ./collapse4j, which fetches it");
    }
}
