package io.github.collapse4j.io.input;

import io.github.collapse4j.io.InputException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Reads one picture with Java's own decoders: PNG, JPEG, GIF, BMP and TIFF. Transparency is ignored, as by Pillow. */
final class PictureFile {
    private static final Set<String> SUFFIXES = Set.of("png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff");

    /** Formats that Java does not decode. */
    private static final Set<String> OTHERS = Set.of("webp", "ppm", "pgm", "heic", "heif", "avif", "jp2", "jxl");

    /** More pixels than any camera has; their bytes fit into memory. */
    private static final long MAX_PIXELS = 1L << 28;

    static {
        ImageIO.setUseCache(false); // no temporary files
    }

    private PictureFile() {}

    /** Whether the name is that of a picture, though perhaps of one that cannot be read. */
    static boolean isPicture(String name) {
        return SUFFIXES.contains(suffix(name)) || OTHERS.contains(suffix(name));
    }

    private static String suffix(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a picture: grey ones with one channel, all others with three.
     *
     * @throws InputException if it cannot be decoded
     */
    static Picture read(Path file) throws IOException {
        if (OTHERS.contains(suffix(file.toString()))) {
            throw new InputException(file + ": expected PNG, JPEG, GIF, BMP or TIFF, found another format: convert it");
        }
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
                ImageInputStream stream = new MemoryCacheImageInputStream(bytes)) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw new InputException(file + ": expected a picture (PNG, JPEG, …), found something else");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(stream, true, true);
                long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
                if (pixels > MAX_PIXELS) {
                    throw new InputException(file + ": expected at most " + MAX_PIXELS + " pixels, found " + pixels);
                }
                BufferedImage image = reader.read(0);
                if (image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_CMYK) {
                    throw otherColours(file); // newer releases of Java read them, but not in Pillow's colours
                }
                return picture(image);
            } catch (OutOfMemoryError e) {
                throw new InputException(file + ": expected a picture that fits into memory, found "
                        + reader.getWidth(0) + "×" + reader.getHeight(0) + " pixels (JAVA_OPTS=-Xmx4g gives more)");
            } finally {
                reader.dispose();
            }
        } catch (InputException | NoSuchFileException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // decoders throw many kinds when bytes are wrong
            if ("Unsupported Image Type".equals(e.getMessage())) {
                throw otherColours(file);
            }
            throw new InputException(file + ": expected an intact picture, found: " + e.getMessage());
        }
    }

    private static InputException otherColours(Path file) {
        return new InputException(file + ": expected grey or RGB, found other colours, such as CMYK: convert it");
    }

    private static Picture picture(BufferedImage image) {
        Raster raster = image.getRaster();
        int bands = raster.getNumBands();
        boolean areSamples = image.getColorModel() instanceof ComponentColorModel;
        // Java takes grey levels for linear light, and would brighten them on the way to RGB: they are read as they
        // are.
        if (areSamples && bands <= 2) {
            return samples(image, new int[] {0});
        }
        if (areSamples && image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_RGB) {
            return samples(image, new int[] {0, 1, 2});
        }
        return converted(image);
    }

    private static Picture samples(BufferedImage image, int[] bands) {
        int height = image.getHeight();
        int width = image.getWidth();
        Raster raster = image.getRaster();
        byte[] pixels = new byte[bands.length * height * width];
        int[] row = new int[width];
        int at = 0;
        for (int band : bands) {
            int bits = image.getColorModel().getComponentSize(band);
            for (int y = 0; y < height; y++) {
                raster.getSamples(0, y, width, 1, band, row);
                for (int x = 0; x < width; x++) {
                    pixels[at++] = (byte) (bits > Byte.SIZE ? row[x] >> (bits - Byte.SIZE) : row[x]);
                }
            }
        }
        return new Picture(bands.length, height, width, pixels);
    }

    /** Palettes and packed pixels. */
    private static Picture converted(BufferedImage image) {
        int height = image.getHeight();
        int width = image.getWidth();
        int area = height * width;
        int[] colours = image.getRGB(0, 0, width, height, null, 0, width);
        byte[] pixels = new byte[3 * area];
        boolean isGrey = true;
        for (int i = 0; i < area; i++) {
            byte red = (byte) (colours[i] >> 16);
            byte green = (byte) (colours[i] >> 8);
            byte blue = (byte) colours[i];
            isGrey &= red == green && green == blue;
            pixels[i] = red;
            pixels[area + i] = green;
            pixels[2 * area + i] = blue;
        }
        Picture picture = new Picture(3, height, width, pixels);
        return isGrey ? new Picture(1, height, width, Arrays.copyOf(pixels, area)) : picture;
    }
}
