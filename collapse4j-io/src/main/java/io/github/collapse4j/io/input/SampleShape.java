package io.github.collapse4j.io.input;

import io.github.collapse4j.io.InputException;
import java.util.Arrays;

/**
 * How a sample of an array becomes one of a model: in the same order, or with the channels moved from last to first or
 * back.
 */
final class SampleShape {
    private static final int MAX_CHANNELS = 4;

    private final int[] lengths;
    private final Move move;

    private enum Move {
        NONE,
        CHANNELS_TO_FRONT,
        CHANNELS_TO_BACK
    }

    private SampleShape(int[] lengths, Move move) {
        this.lengths = lengths;
        this.move = move;
    }

    /**
     * Compares shapes: equal but for dimensions of length 1; in another order of the channels; or in one row on one of
     * the two sides.
     *
     * @param name the array
     * @throws InputException if the array's samples do not fit the model
     */
    static SampleShape fit(String name, int[] found, ModelInput input) throws InputException {
        int[] wanted = input.sample();
        if (matches(found, wanted)) {
            return new SampleShape(found.clone(), Move.NONE);
        }
        boolean isFixed = Arrays.stream(wanted).allMatch(length -> length > 0);
        if (isFixed && matches(withoutOnes(found), withoutOnes(wanted))) {
            return new SampleShape(wanted, Move.NONE);
        }
        if (found.length == 3 && wanted.length == 3) {
            if (found[2] <= MAX_CHANNELS && matches(new int[] {found[2], found[0], found[1]}, wanted)) {
                return new SampleShape(new int[] {found[2], found[0], found[1]}, Move.CHANNELS_TO_FRONT);
            }
            if (found[0] <= MAX_CHANNELS && matches(new int[] {found[1], found[2], found[0]}, wanted)) {
                return new SampleShape(new int[] {found[1], found[2], found[0]}, Move.CHANNELS_TO_BACK);
            }
        }
        if (isFixed && (found.length == 1 || wanted.length == 1) && size(found) == size(wanted)) {
            return new SampleShape(wanted, Move.NONE);
        }
        throw new InputException(name + ": expected samples of " + ModelInput.text(wanted) + " as " + input.text()
                + " takes, found " + ModelInput.text(found));
    }

    private static boolean matches(int[] found, int[] wanted) {
        if (found.length != wanted.length) {
            return false;
        }
        for (int i = 0; i < found.length; i++) {
            if (wanted[i] != 0 && wanted[i] != found[i]) {
                return false;
            }
        }
        return true;
    }

    private static int[] withoutOnes(int[] shape) {
        return Arrays.stream(shape).filter(length -> length != 1).toArray();
    }

    private static long size(int[] shape) {
        return Arrays.stream(shape).asLongStream().reduce(1, (a, b) -> a * b);
    }

    /** The model's shape of a sample, without free lengths. */
    int[] lengths() {
        return lengths.clone();
    }

    /** The number of channels of the model's sample; 1 if none of its dimensions looks like one of channels. */
    int channels() {
        return lengths.length != 3
                ? 1
                : lengths[0] <= MAX_CHANNELS ? lengths[0] : lengths[2] <= MAX_CHANNELS ? lengths[2] : 1;
    }

    /** The channel of an element of the model's sample. */
    int channel(int element) {
        if (lengths.length != 3) {
            return 0;
        }
        return lengths[0] <= MAX_CHANNELS
                ? element / (lengths[1] * lengths[2])
                : lengths[2] <= MAX_CHANNELS ? element % lengths[2] : 0;
    }

    /** Whether elements stay where they are. */
    boolean isInOrder() {
        return move == Move.NONE;
    }

    /** Where in the array's sample an element of the model's sample is. */
    int source(int element) {
        return switch (move) {
            case NONE -> element;
            case CHANNELS_TO_FRONT -> {
                int area = lengths[1] * lengths[2];
                yield element % area * lengths[0] + element / area;
            }
            case CHANNELS_TO_BACK -> {
                int area = lengths[0] * lengths[1];
                yield element % lengths[2] * area + element / lengths[2];
            }
        };
    }
}
