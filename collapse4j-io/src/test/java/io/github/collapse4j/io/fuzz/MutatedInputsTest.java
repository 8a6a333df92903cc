package io.github.collapse4j.io.fuzz;

import io.github.collapse4j.io.Resource;
import io.github.collapse4j.io.input.ElementType;
import io.github.collapse4j.io.input.InputFiles;
import io.github.collapse4j.io.input.InputRequest;
import io.github.collapse4j.io.input.ModelInput;
import io.github.collapse4j.io.input.ModelInputs;
import io.github.collapse4j.io.npy.NpyWriter;
import io.github.collapse4j.io.samples.contract.ReaderOracle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data for models, damaged: read, or refused in one line. */
class MutatedInputsTest {
    private static final ModelInput GREY = new ModelInput("x", ElementType.FLOAT32, new int[] {0, 1, 5, 4});
    private static final ModelInput RGB = new ModelInput("x", ElementType.UINT8, new int[] {0, 3, 32, 32});
    private static final int IMAGES = 6;
    private static final int MOST_READ = 64;

    @TempDir
    private Path directory;

    private final Random random = new Random(3);

    @Test
    void idx() throws IOException {
        byte[] images = new byte[16 + IMAGES * 20];
        random.nextBytes(images);
        ByteBuffer.wrap(images).putInt(0x803).putInt(IMAGES).putInt(5).putInt(4);
        byte[] labels = new byte[8 + IMAGES];
        ByteBuffer.wrap(labels).putInt(0x801).putInt(IMAGES).put(new byte[] {0, 1, 2, 3, 4, 5});
        mutate("IDX", GREY, write("t10k-images-idx3-ubyte", images), write("t10k-labels-idx1-ubyte", labels));
    }

    @Test
    void gzippedIdx() throws IOException {
        byte[] images = new byte[16 + IMAGES * 20];
        ByteBuffer.wrap(images).putInt(0x803).putInt(IMAGES).putInt(5).putInt(4);
        byte[] labels = new byte[8 + IMAGES];
        ByteBuffer.wrap(labels).putInt(0x801).putInt(IMAGES);
        mutate(
                "gzipped IDX",
                GREY,
                gzip("train-images-idx3-ubyte.gz", images),
                gzip("train-labels-idx1-ubyte.gz", labels));
    }

    @Test
    void cifar10() throws IOException {
        mutate("CIFAR-10", RGB, write("data_batch_1.bin", records(1)), write("test_batch.bin", records(1)));
    }

    @Test
    void cifar100() throws IOException {
        mutate("CIFAR-100", RGB, write("train.bin", records(2)));
    }

    @Test
    void pictures() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String name : List.of("rgb.png", "palette.png", "greya.png", "bits.png")) {
            files.add(Resource.copy("pictures/" + name, Files.createDirectories(directory.resolve("a"))));
        }
        Path jpeg = Files.createDirectories(directory.resolve("b")).resolve("c.jpg");
        BufferedImage noise = new BufferedImage(40, 33, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 40 * 33; i++) {
            noise.setRGB(i % 40, i / 40, random.nextInt());
        }
        ImageIO.write(noise, "jpg", jpeg.toFile());
        files.add(jpeg);
        mutate("pictures", RGB, files.toArray(Path[]::new));
    }

    @Test
    void arrays() throws IOException {
        double[] values = random.doubles(IMAGES * 20).toArray();
        Path file = directory.resolve("x.npy");
        new NpyWriter(NpyWriter.Type.FLOAT32).writeMatrix(file, values, IMAGES, 20, NpyWriter.Layout.ROW_MAJOR);
        Mutations.run("NPY", List.of(file), damaged -> read(damaged, GREY));
    }

    private static byte[] gzipped(byte[] content) throws IOException {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            try (OutputStream out = new GZIPOutputStream(bytes)) {
                out.write(content);
            }
            return bytes.toByteArray();
        }
    }

    private Path gzip(String name, byte[] content) throws IOException {
        return write(name, gzipped(content));
    }

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(directory.resolve(name), content);
    }

    private byte[] records(int labelBytes) {
        byte[] records = new byte[3 * (labelBytes + 3072)];
        random.nextBytes(records);
        for (int i = 0; i < 3; i++) {
            Arrays.fill(records, i * (labelBytes + 3072), i * (labelBytes + 3072) + labelBytes, (byte) i);
        }
        return records;
    }

    /** Damages one of the files of the folder at a time, and reads the folder. */
    private void mutate(String reader, ModelInput input, Path... files) throws IOException {
        read(directory, input);
        Mutations.run(reader, List.of(files), damaged -> {
            read(directory, input);
            read(damaged, input);
            ReaderOracle.check(() -> InputFiles.labels(damaged.toString(), IMAGES));
        });
    }

    private static void read(Path location, ModelInput input) {
        ReaderOracle.check(() -> {
            try (ModelInputs inputs = InputFiles.open(InputRequest.of(location.toString()), input)) {
                long size = input.type().bytes();
                for (int length : inputs.sample()) {
                    size *= length;
                }
                ByteBuffer buffer = ByteBuffer.allocate((int) size).order(ByteOrder.nativeOrder());
                for (long i = 0; i < Math.min(inputs.count(), MOST_READ); i++) {
                    inputs.write(i, buffer.clear());
                }
            }
        });
    }
}
