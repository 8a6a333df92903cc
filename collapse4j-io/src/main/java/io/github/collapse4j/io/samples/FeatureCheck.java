package io.github.collapse4j.io.samples;

import io.github.collapse4j.io.InputException;

/** Checks that apply to every shard, whatever its format. */
public final class FeatureCheck {
    private FeatureCheck() {}

    /**
     * Checks the number of feature dimensions.
     *
     * @param name name of the shard in messages
     * @throws InputException unless it is between 1 and {@link SampleShard#MAX_DIMENSIONS}
     */
    public static int dimension(String name, long columns) throws InputException {
        if (columns < 1 || columns > SampleShard.MAX_DIMENSIONS) {
            throw new InputException(
                    name + ": expected 1 to " + SampleShard.MAX_DIMENSIONS + " feature columns, found " + columns);
        }
        return (int) columns;
    }
}
