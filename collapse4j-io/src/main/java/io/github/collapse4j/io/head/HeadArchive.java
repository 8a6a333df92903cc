package io.github.collapse4j.io.head;

import io.github.collapse4j.io.array.ArrayArchive;
import java.io.IOException;
import java.util.Optional;

/** The arrays of a model, in a file that also describes how they are used. */
public interface HeadArchive extends ArrayArchive {
    /**
     * Finds the last linear map.
     *
     * @param name the layer, or its weights; empty for the one that makes the model's output
     * @return empty if there is no model, or the name is that of an array outside of layers
     * @throws io.github.collapse4j.io.array.FormatException if there is none, or there are several; the message lists
     *     them
     */
    Optional<LinearHead> head(String name) throws IOException;
}
