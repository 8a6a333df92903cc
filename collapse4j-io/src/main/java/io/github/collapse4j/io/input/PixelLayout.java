package io.github.collapse4j.io.input;

import io.github.collapse4j.io.InputException;
import java.util.OptionalInt;

/**
 * Where a model wants the pixels of a picture.
 *
 * @param channels 1 or 3
 * @param height rows of pixels
 * @param width pixels per row
 * @param isChannelsLast whether the channels of a pixel are together
 * @param sample the shape of the model's sample
 */
record PixelLayout(int channels, int height, int width, boolean isChannelsLast, int[] sample) {
    /**
     * Reads the layout off the shape of the model's input: C×H×W, H×W×C, H×W, or pixels in a row.
     *
     * @param first one of the pictures
     * @param own whether all pictures have its size, which a model of any size can take
     * @param crop the size to cut out, if given
     * @throws InputException if pictures do not fit the model
     */
    static PixelLayout of(ModelInput input, Picture first, boolean own, OptionalInt crop) throws InputException {
        int[] shape = input.sample();
        if (shape.length == 1) {
            return ofRow(input, first);
        }
        boolean isFlat = shape.length == 2;
        if (shape.length != 2 && shape.length != 3) {
            throw new InputException(
                    input.text() + ": expected an input that pictures fit, found samples of " + input.sampleText());
        }
        boolean last = !isFlat && !isColour(shape[0]) && isColour(shape[2]);
        if (!isFlat && !last && !isColour(shape[0])) {
            throw new InputException(
                    input.text() + ": expected 1 or 3 channels, first or last, found samples of " + input.sampleText());
        }
        int at = isFlat || last ? 0 : 1;
        int height = side(input, shape[at], first.height(), own, crop);
        int width = side(input, shape[at + 1], first.width(), own, crop);
        int channels = isFlat ? 1 : last ? shape[2] : shape[0];
        int[] sample = shape.clone();
        sample[at] = height;
        sample[at + 1] = width;
        return new PixelLayout(channels, height, width, last, sample);
    }

    private static PixelLayout ofRow(ModelInput input, Picture first) throws InputException {
        int length = input.sample()[0];
        int area = first.height() * first.width();
        int side = (int) Math.round(Math.sqrt(length));
        if (length == area || length == 3 * area || length == 0) {
            int channels = length == 0 ? first.channels() : length / area;
            return new PixelLayout(channels, first.height(), first.width(), false, new int[] {channels * area});
        }
        if (side * side == length) {
            return new PixelLayout(1, side, side, false, new int[] {length});
        }
        throw new InputException(input.text() + ": expected a length that pictures have, such as " + area
                + " for those of " + first.height() + "×" + first.width() + ", found " + length);
    }

    private static int side(ModelInput input, int fixed, int found, boolean own, OptionalInt crop)
            throws InputException {
        if (fixed > 0) {
            if (crop.isPresent() && crop.getAsInt() != fixed) {
                throw new InputException(
                        "--crop: expected " + fixed + " as " + input.text() + " takes, found " + crop.getAsInt());
            }
            return fixed;
        }
        if (crop.isEmpty() && !own) {
            throw new InputException(input.text()
                    + " takes pictures of any size: expected --crop, the size to cut out, such as --crop 224");
        }
        return crop.orElse(found);
    }

    private static boolean isColour(int channels) {
        return channels == 1 || channels == 3;
    }

    /**
     * Resizes a picture and cuts out its centre.
     *
     * @param resize what becomes the length of its shorter side; if empty, it is made just large enough
     * @throws InputException if the picture is then too small
     */
    Picture fit(Picture picture, OptionalInt resize, String name) throws InputException {
        int h = picture.height();
        int w = picture.width();
        if (resize.isEmpty() && h == height && w == width) {
            return picture.withChannels(channels);
        }
        int rows;
        int columns;
        if (resize.isPresent()) {
            int side = resize.getAsInt();
            rows = h <= w ? side : (int) ((long) side * h / w);
            columns = w <= h ? side : (int) ((long) side * w / h);
        } else if ((long) width * h >= (long) height * w) {
            columns = width;
            rows = Math.max(height, (int) ((long) width * h / w));
        } else {
            rows = height;
            columns = Math.max(width, (int) ((long) height * w / h));
        }
        if (rows < height || columns < width) {
            throw new InputException(name + ": expected at least " + height + "×" + width
                    + " pixels to cut out after --resize, found " + rows + "×" + columns);
        }
        // Pillow converts before it resizes.
        return Resampling.resize(picture.withChannels(channels), rows, columns).centre(height, width);
    }
}
