package io.github.collapse4j.io.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.io.InputException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFolderTest {
    private static final int COUNT = 30;

    @TempDir
    private Path folder;

    private static byte[] idx(int magic, int[] sizes, byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(magic);
            for (int size : sizes) {
                out.writeInt(size);
            }
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] images(int count) {
        byte[] pixels = new byte[count * 6];
        new Random(count).nextBytes(pixels);
        return idx(0x0803, new int[] {count, 2, 3}, pixels);
    }

    private static byte[] labels(int count) {
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) (i % 3);
        }
        return idx(0x0801, new int[] {count}, labels);
    }

    private static byte[] compressed(byte[] bytes) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(bytes);
        }
        return compressed.toByteArray();
    }

    private void write(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
    }

    private String refusal() {
        String message = String.valueOf(assertThrows(InputException.class, () -> ImageFolder.read(folder, 1))
                .getMessage());
        assertFalse(message.contains("\n"), message);
        assertTrue(message.contains(folder.toString()), message);
        return message.replace(folder.toString(), "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"train-images-idx3-ubyte", "train-images.idx3-ubyte", "emnist-mnist-train-images-idx3-ubyte"})
    void readsFilesOfTheMnistFamily(String name) throws IOException {
        write(name, images(COUNT));
        write("train-labels-idx1-ubyte.gz", compressed(labels(COUNT)));
        write("t10k-images-idx3-ubyte.gz", compressed(images(6)));
        write("t10k-labels-idx1-ubyte", labels(6));
        ImageSplits splits = ImageFolder.read(folder, 1);
        assertEquals(COUNT, splits.train().count());
        assertEquals(6, splits.test().count());
        assertEquals(3, splits.classes());
        assertEquals("1×2×3", splits.train().shape());
        byte[] file = images(COUNT);
        assertArrayEquals(
                Arrays.copyOfRange(file, 16, file.length), splits.train().pixels());
        assertEquals(2, splits.train().labels()[2]);
    }

    /** Each file packed and unpacked, as torchvision leaves them. */
    @Test
    void readsFilesPresentTwice() throws IOException {
        for (String part : new String[] {"train", "t10k"}) {
            write(part + "-images-idx3-ubyte", images(COUNT));
            write(part + "-images-idx3-ubyte.gz", compressed(images(COUNT)));
            write(part + "-labels-idx1-ubyte", labels(COUNT));
            write(part + "-labels-idx1-ubyte.gz", compressed(labels(COUNT)));
        }
        assertEquals(COUNT, ImageFolder.read(folder, 1).train().count());
        write("t10k-images-idx3-ubyte.gz", compressed(images(COUNT + 3)));
        assertTrue(refusal().contains("found t10k-images-idx3-ubyte and t10k-images-idx3-ubyte.gz, which differ"));
    }

    /** Labels from 1, as in EMNIST letters. */
    @Test
    void readsLabelsFromOne() throws IOException {
        byte[] labels = labels(COUNT);
        for (int i = 8; i < labels.length; i++) {
            labels[i]++;
        }
        write("emnist-letters-train-images-idx3-ubyte", images(COUNT));
        write("emnist-letters-train-labels-idx1-ubyte", labels);
        write("emnist-letters-test-images-idx3-ubyte", images(COUNT));
        write("emnist-letters-test-labels-idx1-ubyte", labels);
        ImageSplits splits = ImageFolder.read(folder, 1);
        assertEquals(3, splits.classes());
        assertArrayEquals(new int[] {0, 1, 2, 0}, Arrays.copyOf(splits.test().labels(), 4));
        assertTrue(splits.name().endsWith(" (labels counted from 1, here from 0)"), splits.name());
    }

    @Test
    void readsCompressedFilesOfSeveralMembers() throws IOException {
        byte[] all = images(COUNT);
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        members.write(compressed(Arrays.copyOf(all, 50)));
        members.write(compressed(Arrays.copyOfRange(all, 50, all.length)));
        write("train-images-idx3-ubyte.gz", members.toByteArray());
        write("train-labels-idx1-ubyte", labels(COUNT));
        assertEquals(24, ImageFolder.read(folder, 1).train().count());
    }

    @Test
    void holdsOutAFifthOfEachClassWithoutTestFiles() throws IOException {
        write("t10k-images-idx3-ubyte", images(COUNT));
        write("t10k-labels-idx1-ubyte", labels(COUNT));
        ImageSplits splits = ImageFolder.read(folder, 1);
        assertEquals(24, splits.train().count());
        assertEquals(6, splits.test().count());
        for (int k = 0; k < 3; k++) {
            int label = k;
            assertEquals(
                    2,
                    Arrays.stream(splits.test().labels())
                            .filter(y -> y == label)
                            .count());
        }
        assertArrayEquals(
                splits.train().pixels(), ImageFolder.read(folder, 1).train().pixels());
        assertTrue(splits.name().endsWith("(test images only)"), splits.name());
    }

    @Test
    void readsCifarOfBothKinds() throws IOException {
        byte[] ten = new byte[20 * 3073];
        for (int i = 0; i < 20; i++) {
            ten[i * 3073] = (byte) (i % 10);
            ten[i * 3073 + 1] = (byte) i;
        }
        write("data_batch_1.bin", ten);
        write("data_batch_2.bin", ten);
        write("test_batch.bin", ten);
        ImageSplits splits = ImageFolder.read(folder, 1);
        assertEquals(40, splits.train().count());
        assertEquals(10, splits.classes());
        assertEquals("3×32×32", splits.test().shape());
        assertEquals(19, splits.train().pixels()[39 * 3072]);

        Path other = Files.createDirectory(folder.resolve("hundred"));
        byte[] hundred = new byte[100 * 3074];
        for (int i = 0; i < 100; i++) {
            hundred[i * 3074] = (byte) (i % 20);
            hundred[i * 3074 + 1] = (byte) i;
        }
        Files.write(other.resolve("train.bin"), hundred);
        Files.write(other.resolve("test.bin"), hundred);
        assertEquals(100, ImageFolder.read(other, 1).classes());
    }

    @Test
    void refusesMissingOrInconsistentFiles() throws IOException {
        assertTrue(refusal().contains("found none of them"));
        write("train-images-idx3-ubyte", images(COUNT));
        assertTrue(refusal().contains("found only the images train-images-idx3-ubyte"));
        write("train-labels-idx1-ubyte", labels(COUNT - 1));
        assertEquals(
                "/train-labels-idx1-ubyte: labels: expected 30, one for each image of train-images-idx3-ubyte, found 29",
                refusal());
        write("train-labels-idx1-ubyte", images(COUNT));
        assertTrue(refusal().contains("expected 0x00000801, found 0x00000803 (are images and labels swapped?)"));
        write("train-labels-idx1-ubyte", labels(COUNT));
        write("t10k-images-idx3-ubyte", idx(0x0803, new int[] {3, 3, 3}, new byte[27]));
        write("t10k-labels-idx1-ubyte", labels(3));
        assertTrue(refusal().contains("expected images of one size, found 1×2×3 for training and 1×3×3"));
    }

    /** A header alone must not cause an allocation: 2³¹ bytes of images, or a gzip bomb. */
    @Test
    void doesNotTrustHeaders() throws IOException {
        write("train-labels-idx1-ubyte", labels(COUNT));
        write("train-images-idx3-ubyte", idx(0x0803, new int[] {1 << 20, 32, 32}, new byte[10]));
        assertTrue(refusal().contains("expected 1073741840 bytes as its header says, found 26 bytes"));
        write("train-images-idx3-ubyte", idx(0x0803, new int[] {1 << 30, 1 << 30, 1 << 30}, new byte[10]));
        assertTrue(refusal().contains("dimensions: expected at most 2147483639 bytes in all, found more"));
        write("train-images-idx3-ubyte", idx(0x0803, new int[] {-1, 2, 3}, new byte[10]));
        assertTrue(refusal().contains("dimension 0: expected at least 1, found -1"));
        write("train-images-idx3-ubyte", compressed(idx(0x0803, new int[] {1 << 20, 32, 32}, new byte[10])));
        assertTrue(refusal().contains("size: expected no more than"));
    }

    /** Every prefix, and every damaged byte of the header and the compressed stream, is read or refused in one line. */
    @Test
    void reportsDamageInOneLine() throws IOException {
        write("train-labels-idx1-ubyte", labels(COUNT));
        for (byte[] whole : new byte[][] {images(COUNT), compressed(images(COUNT))}) {
            for (int length = 0; length < whole.length; length++) {
                write("train-images-idx3-ubyte", Arrays.copyOf(whole, length));
                refusal();
            }
            for (int i = 0; i < whole.length; i++) {
                byte[] damaged = whole.clone();
                damaged[i] ^= 0x41;
                write("train-images-idx3-ubyte", damaged);
                try {
                    assertEquals(
                            COUNT,
                            ImageFolder.read(folder, 1).train().count()
                                    + ImageFolder.read(folder, 1).test().count());
                } catch (InputException e) {
                    assertFalse(String.valueOf(e.getMessage()).contains("\n"), e.toString());
                }
            }
        }
    }

    @Test
    void refusesDamagedCifar() throws IOException {
        write("data_batch_1.bin", new byte[3072]);
        assertTrue(refusal().contains("size: expected a multiple of 3073 bytes for CIFAR_10, found 3072"));
        byte[] record = new byte[2 * 3073];
        record[3073] = 10;
        write("data_batch_1.bin", record);
        assertTrue(refusal().contains("label of image 1: expected 0…9, found 10 (at byte offset 3073)"));
    }
}
