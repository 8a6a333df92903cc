package io.github.collapse4j.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.cli.Run;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files, folders and options that {@code train} refuses, each in one line. */
@Tag("heavy")
class TrainRefusalsTest {
    @TempDir
    private Path folder;

    @Test
    void describesABadFileInOneLine() throws IOException {
        Path images = folder.resolve("train-images-idx3-ubyte");
        Path labels = folder.resolve("train-labels-idx1-ubyte");
        byte[] twenty = idx(new int[] {20, 2, 2}, 80);
        byte[] theirLabels = idx(new int[] {20}, 20);
        Files.write(images, twenty);
        assertRefuses(folder + ": expected images and labels, found only the images " + images.getFileName());
        Files.write(labels, idx(new int[] {19}, 19));
        assertRefuses(labels + ": labels: expected 20, one for each image of " + images.getFileName() + ", found 19");
        Files.write(labels, twenty);
        assertRefuses(labels
                + ": magic number: expected 0x00000801, found 0x00000803 (are images and labels swapped?) (at byte"
                + " offset 0)");
        Files.write(labels, theirLabels);
        Files.write(images, Arrays.copyOf(twenty, 50));
        assertRefuses(images + ": size: expected 96 bytes as its header says, found 50 bytes (at byte offset 16)");
        Files.write(images, new byte[0]);
        assertRefuses(images + ": magic number: expected 4 bytes, found 0 before the end (at byte offset 0)");
        Files.delete(images);
        Files.delete(labels);
        Path cifar = Files.write(folder.resolve("data_batch_1.bin"), new byte[3072]);
        assertRefuses(cifar + ": size: expected a multiple of 3073 bytes for CIFAR_10, found 3072");
    }

    /** Files like those of MNIST: labels and pixels count up from 0, modulo 2. */
    private static byte[] idx(int[] sizes, int bytes) {
        ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * sizes.length + bytes);
        buffer.putInt(0x0800 | sizes.length);
        for (int size : sizes) {
            buffer.putInt(size);
        }
        for (int i = 0; i < bytes; i++) {
            buffer.put((byte) (i % 2));
        }
        return buffer.array();
    }

    private void assertRefuses(String line) {
        Run.assertRefused(1, "collapse4j train: " + line, "train", "--data", folder.toString());
    }

    @Test
    void rejectsACorruptedCheckpointOrThatOfAnotherTraining() throws IOException {
        String train = "train --dims 9 --heads learned --epochs 1 --batch 500 --out " + folder;
        Run.text(train.split(" ", -1));
        Path checkpoint = folder.resolve("learned-d9-s0").resolve("checkpoint.bin");
        Run.assertRefused(
                1,
                "collapse4j train: " + checkpoint + ": training: expected rate = 0.05, found"
                        + " rate = 0.1; choose another folder, or remove it",
                (train.replace("--dims 9", "--dims 8,9") + " --rate 0.05").split(" ", -1));
        assertTrue(Files.notExists(folder.resolve("learned-d8-s0")), "trained before the refusal");
        byte[] whole = Files.readAllBytes(checkpoint);
        Files.write(checkpoint, Arrays.copyOf(whole, whole.length / 2));
        Run damaged = Run.of(train.split(" ", -1));
        assertEquals(1, damaged.exitCode());
        assertTrue(
                damaged.err().startsWith("collapse4j train: " + checkpoint + ": checksum: expected ")
                        && damaged.err().endsWith("; remove it to start again\n")
                        && damaged.err().lines().count() == 1,
                damaged.err());
    }

    @Test
    void rejectsAFileInPlaceOfAFolder() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Run.assertRefused(
                1,
                "collapse4j train: " + file + ": expected a folder, found a file",
                "train",
                "--out",
                file.toString());
    }

    @Test
    void rejectsImpossibleNetworks() {
        // 2³¹ − 9 entries of 1,390 images
        Run.assertRefused(
                1,
                "collapse4j train: --dims 2000000000: expected at most 1544952 for 1390 images",
                "train",
                "--dims",
                "2000000000");
        Run.assertRefused(
                1,
                "collapse4j train: --dims 8: expected at least K − 1 = 9 for a fixed simplex ETF (or --heads learned)",
                "train",
                "--dims",
                "8");
        Run.assertRefused(
                1,
                "collapse4j train: " + folder.resolve("none") + ": no such folder",
                "train",
                "--data",
                folder.resolve("none").toString());
        for (String loss : new String[] {"ce", "mse"}) {
            Run.assertRefused(
                    1,
                    "collapse4j train: penalties: expected weaker ones with a fixed head, found λ_W = 1000.0 and λ_H ="
                            + " 1.0, at which the best classifier is zero",
                    ("train --lambda-w 1000 --lambda-h 1 --loss " + loss).split(" ", -1));
        }
        for (String tail : new String[] {"140:10", "139:0", "0:139"}) {
            int found = tail.equals("140:10") ? 140 : 0;
            Run.assertRefused(
                    1,
                    "collapse4j train: --long-tail: expected 1 to 139 training images of class "
                            + (tail.equals("139:0") ? 1 : 0) + ", found " + found,
                    "train",
                    "--long-tail",
                    tail);
        }
        Run.assertRefused(
                2,
                "collapse4j train: Invalid value for option '--long-tail': expected two counts such as 1280:5, found 5",
                "train --long-tail 5".split(" ", -1));
        Run.assertRefused(
                2,
                "collapse4j train: --class-weights: expected 10 numbers, found 2",
                "train --class-weights 1,2".split(" ", -1));
        Run.assertRefused(
                2,
                "collapse4j train: --pos-weight: expected binary cross-entropy, found cross-entropy",
                "train --pos-weight 2".split(" ", -1));
        Run.assertRefused(
                2,
                "collapse4j train: Invalid value for option '--loss': expected a loss that is convex in the logits, which"
                        + " focal loss is not: it has no bound and no certificate",
                "train --loss focal".split(" ", -1));
        Run.assertRefused(
                2,
                "collapse4j train: --weight-decay: expected it alone or --lambda-w, --lambda-h and --lambda-b",
                "train",
                "--weight-decay",
                "1e-4",
                "--lambda-w",
                "1e-3");
    }
}
