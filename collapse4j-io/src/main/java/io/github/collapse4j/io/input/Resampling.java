package io.github.collapse4j.io.input;

/**
 * Bilinear resampling whose filter widens when a picture shrinks, as in Pillow and torchvision: in fixed point, rows
 * first, with the same result to the last bit.
 */
final class Resampling {
    private static final int PRECISION = 22;

    private Resampling() {}

    /** Resizes a picture. */
    static Picture resize(Picture picture, int height, int width) {
        Picture wide = picture.width() == width ? picture : alongRows(picture, width);
        return wide.height() == height ? wide : transposed(alongRows(transposed(wide), height));
    }

    private static Picture alongRows(Picture picture, int width) {
        Weights weights = Weights.of(picture.width(), width);
        int lines = picture.channels() * picture.height();
        byte[] source = picture.pixels();
        byte[] target = new byte[lines * width];
        for (int line = 0; line < lines; line++) {
            int from = line * picture.width();
            for (int x = 0; x < width; x++) {
                int[] factors = weights.factors[x];
                int first = from + weights.first[x];
                int sum = 1 << (PRECISION - 1);
                for (int i = 0; i < factors.length; i++) {
                    sum += (source[first + i] & 0xFF) * factors[i];
                }
                target[line * width + x] = (byte) Math.max(0, Math.min(255, sum >> PRECISION));
            }
        }
        return new Picture(picture.channels(), picture.height(), width, target);
    }

    private static Picture transposed(Picture picture) {
        int height = picture.height();
        int width = picture.width();
        byte[] source = picture.pixels();
        byte[] target = new byte[source.length];
        for (int c = 0; c < picture.channels(); c++) {
            int plane = c * height * width;
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    target[plane + x * height + y] = source[plane + y * width + x];
                }
            }
        }
        return new Picture(picture.channels(), width, height, target);
    }

    /** For every target pixel the first source pixel that it takes, and the factors from there on. */
    private record Weights(int[] first, int[][] factors) {
        static Weights of(int from, int to) {
            double scale = (double) from / to;
            double support = Math.max(scale, 1);
            int[] first = new int[to];
            int[][] factors = new int[to][];
            for (int x = 0; x < to; x++) {
                double centre = (x + 0.5) * scale;
                int begin = Math.max(0, (int) (centre - support + 0.5));
                int end = Math.min(from, (int) (centre + support + 0.5));
                double[] share = new double[end - begin];
                double sum = 0;
                for (int i = 0; i < share.length; i++) {
                    share[i] = Math.max(0, 1 - Math.abs((begin + i - centre + 0.5) * (1 / support)));
                    sum += share[i];
                }
                first[x] = begin;
                factors[x] = new int[share.length];
                for (int i = 0; i < share.length; i++) {
                    factors[x][i] = (int) (0.5 + share[i] / sum * (1 << PRECISION));
                }
            }
            return new Weights(first, factors);
        }
    }
}
