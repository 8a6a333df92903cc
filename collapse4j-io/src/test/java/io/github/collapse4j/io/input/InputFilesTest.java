package io.github.collapse4j.io.input;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.Resource;
import io.github.collapse4j.io.npy.NpyWriter;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputFilesTest {
    @TempDir
    private Path folder;

    private static ModelInput model(ElementType type, int... dimensions) {
        return new ModelInput("x", type, dimensions);
    }

    /** An array 0, 1, 2, … in C order. */
    private String counting(String name, int... shape) throws IOException {
        int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        String lengths = IntStream.of(shape).mapToObj(n -> n + ",").reduce("", String::concat);
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + lengths + "), }";
        header += " ".repeat(117 - header.length()) + "\n";
        ByteBuffer bytes = ByteBuffer.allocate(128 + 4 * size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("\u0093NUMPY\u0001\u0000v\u0000".getBytes(StandardCharsets.ISO_8859_1));
        bytes.put(header.getBytes(StandardCharsets.ISO_8859_1));
        for (int i = 0; i < size; i++) {
            bytes.putFloat(i);
        }
        return Files.write(folder.resolve(name), bytes.array()).toString();
    }

    private static double[] read(ModelInputs inputs, ModelInput model, long index) throws IOException {
        int size = Arrays.stream(inputs.sample()).reduce(1, (a, b) -> a * b);
        ByteBuffer bytes = ByteBuffer.allocate(size * model.type().bytes()).order(ByteOrder.nativeOrder());
        inputs.write(index, bytes);
        assertEquals(0, bytes.remaining());
        bytes.flip();
        return IntStream.range(0, size)
                .mapToDouble(i -> switch (model.type()) {
                    case FLOAT32 -> bytes.getFloat();
                    case FLOAT64 -> bytes.getDouble();
                    case FLOAT16 -> bytes.getShort();
                    case UINT8 -> bytes.get() & 0xFF;
                    case INT8 -> bytes.get();
                    case INT32 -> bytes.getInt();
                    case INT64 -> bytes.getLong();
                })
                .toArray();
    }

    /** The array's shape, the model's shape, and the first elements of sample 1. */
    @ParameterizedTest
    @CsvSource({
        "'2,1,2,3', '0,1,2,3', '6,7,8'",
        "'2,2,3', '1,1,2,3', '6,7,8'",
        "'2,2,3,1', '0,1,2,3', '6,7,8'",
        "'2,6', '0,1,2,3', '6,7,8'",
        "'2,1,2,3', '0,6', '6,7,8'",
        "'2,4,5,3', '0,3,4,5', '60,63,66'",
        "'2,3,4,5', '0,4,5,3', '60,80,100'",
        "'2,3,4,5', '0,3,0,0', '60,61,62'",
        "'2,4,5,3', '0,3,0,0', '60,63,66'",
        "'2,7', '0,0', '7,8,9'",
        "'2', '0,1', '1'"
    })
    void turnsArraysIntoTheShapeOfTheModel(String shape, String dimensions, String expected) throws IOException {
        ModelInput model = model(ElementType.FLOAT32, ints(dimensions));
        String file = counting("x.npy", ints(shape));
        try (ModelInputs inputs = InputFiles.open(InputRequest.of(file), model)) {
            assertEquals(2, inputs.count());
            double[] sample = read(inputs, model, 1);
            double[] first = Arrays.stream(ints(expected)).asDoubleStream().toArray();
            assertArrayEquals(first, Arrays.copyOf(sample, first.length));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'2,2,3', '0,3,2'",
        "'2,1,28,28', '1,3,28,28'",
        "'2,32,32', '0,1,28,28'",
        "'2,5', '0,4'",
        "'2,4,4', '0,0'"
    })
    void refusesOtherShapes(String shape, String dimensions) throws IOException {
        String file = counting("x.npy", ints(shape));
        IOException e = assertThrows(
                IOException.class,
                () -> InputFiles.open(InputRequest.of(file), model(ElementType.FLOAT32, ints(dimensions))));
        assertTrue(String.valueOf(e.getMessage()).startsWith(file + ": expected samples of "), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"FLOAT32", "FLOAT64", "UINT8", "INT8", "INT32", "INT64"})
    void convertsToTheTypeOfTheModel(ElementType type) throws IOException {
        ModelInput model = model(type, 0, 3);
        try (ModelInputs inputs = InputFiles.open(InputRequest.of(counting("x.npy", 2, 3)), model)) {
            assertArrayEquals(new double[] {3, 4, 5}, read(inputs, model, 1));
        }
    }

    @ParameterizedTest
    @CsvSource({"0.5, INT64", "-1, UINT8", "256, UINT8", "128, INT8", "3e9, INT32", "NaN, INT32"})
    void refusesValuesThatTheTypeCannotHold(double value, ElementType type) throws IOException {
        Path file = folder.resolve("v.npy");
        new NpyWriter(NpyWriter.Type.FLOAT64)
                .writeMatrix(file, new double[] {0, value}, 1, 2, NpyWriter.Layout.ROW_MAJOR);
        ModelInput model = model(type, 0, 2);
        try (ModelInputs inputs = InputFiles.open(InputRequest.of(file.toString()), model)) {
            IOException e = assertThrows(IOException.class, () -> read(inputs, model, 0));
            assertEquals(
                    file + ": sample 0, value 1: expected " + type.title() + " as x " + type.title()
                            + " ?×2 takes, found " + value,
                    e.getMessage());
        }
    }

    @Test
    void readsSubfoldersAsClassesInAlphabeticalOrder() throws IOException {
        for (String name : new String[] {"b/2.png", "b/1.PNG", "a/x/9.png", "10/0.bmp", "2/0.png"}) {
            picture(name, 5, 4, name.hashCode());
        }
        Files.writeString(folder.resolve("b/notes.txt"), "no picture");
        Files.createDirectories(folder.resolve(".hidden"));
        ModelInput model = model(ElementType.FLOAT32, 0, 3, 4, 5);
        try (ModelInputs inputs = InputFiles.open(InputRequest.of(folder.toString()), model)) {
            assertArrayEquals(new int[] {0, 1, 2, 3, 3}, inputs.labels().orElseThrow());
            assertEquals(folder.resolve("b/1.PNG").toString(), inputs.name(3));
            assertEquals(60, read(inputs, model, 0).length);
        }
    }

    @Test
    void putsChannelsWhereTheModelWantsThem() throws IOException {
        picture("a/1.png", 1, 2, 0x010203);
        picture("b/1.png", 1, 2, 0x0A0B0C);
        Normalisation each = new Normalisation(1, new double[] {0, 1, 2}, new double[] {1, 2, 1});
        InputRequest request = new InputRequest(
                folder.toString(), InputRequest.Part.ANY, each, OptionalInt.empty(), OptionalInt.empty());
        ModelInput first = model(ElementType.FLOAT32, 0, 3, 2, 1);
        try (ModelInputs inputs = InputFiles.open(request, first)) {
            assertArrayEquals(new double[] {1, 1, 0.5, 0.5, 1, 1}, read(inputs, first, 0));
        }
        ModelInput last = model(ElementType.FLOAT32, 0, 2, 1, 3);
        try (ModelInputs inputs = InputFiles.open(request, last)) {
            assertArrayEquals(new double[] {10, 5, 10, 10, 5, 10}, read(inputs, last, 1));
        }
    }

    @Test
    void saysWhyAPictureCannotBeRead() throws IOException {
        picture("cats/one.PNG", 4, 4, 0xFF0000);
        assertRefused("cats/two.WEBP", new byte[] {'R', 'I', 'F', 'F'}, "expected PNG, JPEG, GIF, BMP or TIFF");
        byte[] cmyk = Files.readAllBytes(Resource.copy("pictures/refused-cmyk.jpg", folder));
        assertRefused("cats/three.JPG", cmyk, "expected grey or RGB, found other colours, such as CMYK");
        assertRefused("cats/whole.jpeg", Arrays.copyOf(cmyk, 40), "expected an intact picture");
    }

    /** As the second picture of a folder. */
    private void assertRefused(String name, byte[] content, String message) throws IOException {
        Path file = Files.write(folder.resolve(name), content);
        ModelInput model = model(ElementType.FLOAT32, 0, 3, 4, 4);
        try (ModelInputs inputs = InputFiles.open(InputRequest.of(folder.toString()), model)) {
            assertEquals(2, inputs.count());
            InputException e = assertThrows(InputException.class, () -> {
                read(inputs, model, 0);
                read(inputs, model, 1);
            });
            assertTrue(String.valueOf(e.getMessage()).startsWith(file + ": " + message), e.getMessage());
        }
        Files.delete(file);
    }

    @Test
    void wantsToKnowTheSizeOnlyWhereItIsOpen() throws IOException {
        picture("a/1.png", 6, 8, 0x010203);
        picture("b/1.png", 7, 8, 0x0A0B0C);
        ModelInput any = model(ElementType.FLOAT32, 0, 3, 0, 0);
        IOException e = assertThrows(IOException.class, () -> InputFiles.open(InputRequest.of(folder.toString()), any));
        assertTrue(String.valueOf(e.getMessage()).contains("expected --crop"), e.getMessage());
        InputRequest request = new InputRequest(
                folder.toString(), InputRequest.Part.ANY, Normalisation.NONE, OptionalInt.of(5), OptionalInt.of(4));
        try (ModelInputs inputs = InputFiles.open(request, any)) {
            assertArrayEquals(new int[] {3, 4, 4}, inputs.sample());
        }
    }

    @Test
    void readsLabelsFromTheirOwnFile() throws IOException {
        NpyWriter.writeLabels(folder.resolve("y.npy"), new long[] {0, 1, 2});
        String file = folder.resolve("y.npy").toString();
        assertArrayEquals(new int[] {0, 1, 2}, InputFiles.labels(file, 3));
        IOException e = assertThrows(IOException.class, () -> InputFiles.labels(file, 4));
        assertEquals(file + ": expected a label for each of 4 samples, found 3", e.getMessage());
    }

    @Test
    void namesWhatIsNotThere() {
        String nothing = folder.resolve("nothing").toString();
        ModelInput model = model(ElementType.FLOAT32, 0, 1, 2, 2);
        assertThrows(NoSuchFileException.class, () -> InputFiles.open(InputRequest.of(nothing), model));
        IOException e =
                assertThrows(IOException.class, () -> InputFiles.open(InputRequest.of(folder.toString()), model));
        assertTrue(String.valueOf(e.getMessage()).startsWith(folder + ": expected pictures"), e.getMessage());
    }

    private void picture(String name, int width, int height, int colour) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < height; y++) {
                image.setRGB(x, y, colour);
            }
        }
        String format = name.substring(name.lastIndexOf('.') + 1);
        if (!ImageIO.write(image, format, file.toFile())) {
            throw new UncheckedIOException(new IOException("no writer for " + format));
        }
    }

    private static int[] ints(String text) {
        return Arrays.stream(text.split(",", -1)).mapToInt(Integer::parseInt).toArray();
    }
}
