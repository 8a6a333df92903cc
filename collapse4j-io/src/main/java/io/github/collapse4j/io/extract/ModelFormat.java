package io.github.collapse4j.io.extract;

import java.io.IOException;
import java.nio.file.Path;

/** A kind of model files that an engine can run; a service. */
public interface ModelFormat {
    /** Whether a file is of this kind, judging by its name. */
    boolean reads(String name);

    /**
     * Opens a model.
     *
     * @param file the model
     * @throws IOException with one line, if it cannot be run or has no linear last layer
     */
    TrainedModel open(Path file) throws IOException;
}
