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
                        ? name + ": expected a model that can be run, MODEL.onnx, found " + found(name)
                        : name + ": running a model needs the module collapse4j-onnx on the class path; start"
                                + " ./collapse4j, which fetches it");
    }

    /** What a file is instead, and how to make an ONNX model of it. */
    private static String found(String name) {
        if (name.matches(".*\\.(pt|pth|th|ckpt|bin|pth\\.tar|pt\\.tar)")) {
            return "a PyTorch file: export it with torch.onnx.export(model, example, 'model.onnx', input_names=['x'],"
                    + " dynamic_axes={'x': {0: 'n'}}), where model may be torch.jit.load('" + name
                    + "') of a TorchScript archive";
        }
        return name.matches(".*\\.(keras|h5|hdf5)")
                ? "a Keras file: export it with keras.models.load_model('" + name
                        + "').export('model.onnx', format='onnx')"
                : "another file name";
    }
}
