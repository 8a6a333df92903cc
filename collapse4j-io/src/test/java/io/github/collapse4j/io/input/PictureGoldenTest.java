package io.github.collapse4j.io.input;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.io.ArrayFile;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.array.NumericArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pictures read, converted, resized and cut to the last bit as Pillow does (generate_picture_golden.py). */
class PictureGoldenTest {
    private static final Path FOLDER = Path.of("src/test/resources/pictures");

    static Stream<String> golden() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".npy"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("golden")
    void hasThePixelsOfPillow(String golden) throws IOException {
        String[] parts = golden.split("\\.", -1);
        String name = parts[0] + "." + parts[1];
        int channels = Integer.parseInt(parts[2]);
        int resize = Integer.parseInt(parts[3]);
        int[] size = Arrays.stream(parts[4].split("x", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
        PixelLayout layout = new PixelLayout(channels, size[0], size[1], false, new int[] {channels, size[0], size[1]});
        Picture found = layout.fit(
                PictureFile.read(FOLDER.resolve(name)),
                resize == 0 ? OptionalInt.empty() : OptionalInt.of(resize),
                name);
        try (NumericArray array = ArrayFile.open(FOLDER.resolve(golden).toString())) {
            double[] expected = new double[(int) array.vector().length()];
            array.vector().readDoubles(0, expected.length, expected);
            double[] pixels = new double[found.pixels().length];
            Arrays.setAll(pixels, i -> found.pixels()[i] & 0xFF);
            assertArrayEquals(expected, pixels);
        }
    }

    @Test
    void refusesWhatIsNoPicture(@TempDir Path folder) throws IOException {
        byte[] whole = Files.readAllBytes(FOLDER.resolve("rgb.png"));
        for (byte[] bytes : new byte[][] {{}, {1, 2, 3}, Arrays.copyOf(whole, whole.length / 2), new byte[100]}) {
            Path file = Files.write(folder.resolve("damaged.png"), bytes);
            IOException e = assertThrows(InputException.class, () -> PictureFile.read(file));
            assertTrue(String.valueOf(e.getMessage()).startsWith(file + ": expected "), e.getMessage());
            assertEquals(1, String.valueOf(e.getMessage()).lines().count());
        }
    }

    @Test
    void refusesToCutMoreThanThereIs() throws IOException {
        Picture picture = PictureFile.read(FOLDER.resolve("grey.png"));
        PixelLayout layout = new PixelLayout(1, 28, 28, false, new int[] {1, 28, 28});
        IOException e = assertThrows(InputException.class, () -> layout.fit(picture, OptionalInt.of(20), "a.png"));
        assertEquals("a.png: expected at least 28×28 pixels to cut out after --resize, found 20×26", e.getMessage());
    }

    @Test
    void makesPicturesJustLargeEnough() throws IOException {
        Picture picture = PictureFile.read(FOLDER.resolve("rgb.png"));
        for (int[] size : new int[][] {{28, 28}, {50, 10}, {10, 50}, {23, 31}, {1, 1}}) {
            PixelLayout layout = new PixelLayout(3, size[0], size[1], false, new int[] {3, size[0], size[1]});
            Picture fitted = layout.fit(picture, OptionalInt.empty(), "a.png");
            assertEquals(size[0], fitted.height());
            assertEquals(size[1], fitted.width());
        }
    }
}
