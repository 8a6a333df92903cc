package io.github.collapse4j.io.input;

import java.io.IOException;
import java.util.Optional;

/** Pictures of any sizes, perhaps labelled. Thread-safe. */
interface Pictures {
    int count();

    /** Reads a picture. */
    Picture read(int index) throws IOException;

    /** What messages call a picture. */
    String name(int index);

    Optional<int[]> labels();

    /** Whether all have the size of the first. */
    boolean areOfOneSize();

    String description();

    /** A text that changes with the pictures. */
    String identity();
}
