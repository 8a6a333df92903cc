package io.github.collapse4j.io.input;

/**
 * A picture in memory.
 *
 * @param channels 1 for grey, 3 for red, green and blue
 * @param height rows of pixels
 * @param width pixels per row
 * @param pixels unsigned bytes in the order channel, row, column
 */
record Picture(int channels, int height, int width, byte[] pixels) {
    Picture {
        if (channels < 1 || height < 1 || width < 1 || pixels.length != channels * height * width) {
            throw new IllegalArgumentException(
                    channels + "×" + height + "×" + width + " of " + pixels.length + " bytes");
        }
    }

    /** The same picture in one channel or three; grey has the weights of ITU-R 601-2, in Pillow's arithmetic. */
    Picture withChannels(int wanted) {
        if (wanted == channels) {
            return this;
        }
        int area = height * width;
        byte[] converted = new byte[wanted * area];
        for (int i = 0; i < area; i++) {
            if (channels == 1) {
                for (int c = 0; c < wanted; c++) {
                    converted[c * area + i] = pixels[i];
                }
            } else {
                int red = pixels[i] & 0xFF;
                int green = pixels[area + i] & 0xFF;
                int blue = pixels[2 * area + i] & 0xFF;
                converted[i] = (byte) ((red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16);
            }
        }
        return new Picture(wanted, height, width, converted);
    }

    /**
     * The centre of the picture, with torchvision's rounding.
     *
     * @param rows at most its height
     * @param columns at most its width
     */
    Picture centre(int rows, int columns) {
        if (rows == height && columns == width) {
            return this;
        }
        int top = (int) Math.rint((height - rows) / 2.0);
        int left = (int) Math.rint((width - columns) / 2.0);
        byte[] cut = new byte[channels * rows * columns];
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < rows; y++) {
                System.arraycopy(pixels, (c * height + top + y) * width + left, cut, (c * rows + y) * columns, columns);
            }
        }
        return new Picture(channels, rows, columns, cut);
    }
}
