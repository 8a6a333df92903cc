package io.github.collapse4j.io.samples;

import io.github.collapse4j.io.InputException;

/** What the features of every shard have to pass, whatever its format. */
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

    /**
     * Checks that all features of some consecutive rows are finite.
     *
     * @param firstRow number of the first of them, for the message
     * @param features row by row
     * @param at where in {@code features}, in rows, the first of them lies
     * @param rows how many
     * @throws InputException if one is not
     */
    static void rows(String name, long firstRow, int dimension, double[] features, int at, int rows)
            throws InputException {
        int from = at * dimension;
        int offender = firstNotFinite(features, from, from + rows * dimension);
        if (offender >= 0) {
            long row = firstRow + (offender - from) / dimension;
            throw notFinite(name + ": row " + row + ", column " + (offender - from) % dimension, features[offender]);
        }
    }

    /**
     * Complains about a feature.
     *
     * @param position file and place in it
     * @return the complaint, to be thrown
     */
    public static InputException notFinite(String position, double found) {
        return new InputException(position + ": expected a finite number, found " + found);
    }

    /**
     * Looks at {@code values[from … to−1]}.
     *
     * @return the index of the first value that is infinite or NaN, −1 if there is none
     */
    public static int firstNotFinite(double[] values, int from, int to) {
        // 0·x is NaN for those values and 0 for all others; four sums, so that none waits for the one before
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = from;
        for (; i <= to - 4; i += 4) {
            a += 0 * values[i];
            b += 0 * values[i + 1];
            c += 0 * values[i + 2];
            d += 0 * values[i + 3];
        }
        for (; i < to; i++) {
            a += 0 * values[i];
        }
        return a + b + c + d == 0 ? -1 : search(values, from, to);
    }

    private static int search(double[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Double.isFinite(values[i])) {
                return i;
            }
        }
        return -1;
    }
}
