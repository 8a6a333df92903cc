package io.github.collapse4j.io.input;

import java.util.OptionalInt;

/**
 * What is to be read, and how it is prepared.
 *
 * @param location an array {@code .npy}, {@code .npz} or {@code .npz:NAME}, an IDX file, or a folder of data set files
 *     or of pictures
 * @param part which part of a data set
 * @param normalisation of its values
 * @param resize the length of the shorter side of pictures before they are cut; if empty, just large enough
 * @param crop the size of what is cut out of pictures, for models that take any size
 */
public record InputRequest(
        String location, Part part, Normalisation normalisation, OptionalInt resize, OptionalInt crop) {
    /** A part of a data set. */
    public enum Part {
        /** The training part if there is one, otherwise the test part. */
        ANY,
        TRAIN,
        TEST
    }

    /** Everything there is, as it is. */
    public static InputRequest of(String location) {
        return new InputRequest(location, Part.ANY, Normalisation.NONE, OptionalInt.empty(), OptionalInt.empty());
    }
}
