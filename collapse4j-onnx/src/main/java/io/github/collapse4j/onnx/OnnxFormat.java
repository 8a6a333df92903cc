package io.github.collapse4j.onnx;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.extract.ModelFormat;
import io.github.collapse4j.io.extract.TrainedModel;
import io.github.collapse4j.io.onnx.OnnxHead;
import io.github.collapse4j.io.onnx.OnnxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** ONNX models, run by ONNX Runtime on the processor. */
public final class OnnxFormat implements ModelFormat {
    private static final String SUFFIX = ".onnx";

    @Override
    public boolean reads(String name) {
        return name.endsWith(SUFFIX);
    }

    /**
     * Finds the last linear map and opens a session.
     *
     * @throws InputException or another {@link IOException} with one line, if there is no such map, or ONNX Runtime
     *     cannot run the model
     */
    @Override
    public TrainedModel open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException(file + ": expected a regular file, found a folder, a pipe or a device");
        }
        OnnxHead head;
        try (OnnxModel model = OnnxModel.open(file, file.toString())) {
            head = model.onnxHead("");
        }
        return OnnxSession.open(file, head);
    }
}
