package io.github.collapse4j.io.samples;

import io.github.collapse4j.io.InputException;

/** What the shape of every shard has to pass, whatever its format. */
public final class FeatureCheck {
    private FeatureCheck() {}

    /**
     * Checks the number of feature dimensions.
     *
     * @param name what messages call the shard
     * @throws InputException unless it is between 1 and {@link SampleShard#MOST_DIMENSIONS}
     */
    public static int dimension(String name, long columns) throws InputException {
        if (columns < 1 || columns > SampleShard.MOST_DIMENSIONS) {
            throw new InputException(
                    name + ": expected 1 to " + SampleShard.MOST_DIMENSIONS + " feature columns, found " + columns);
        }
        return (int) columns;
    }
}
