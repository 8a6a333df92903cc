package io.github.collapse4j.djl.train;

import io.github.collapse4j.djl.CollapseState;
import io.github.collapse4j.djl.optim.PenalizedOptimizer.SavedArray;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.file.AtomicFile;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/**
 * A training after some epochs: enough to go on as if it had not been interrupted. In the file, big-endian: a magic number,
 * what it is a training of, the epochs, the parameters, the optimiser's arrays, and a CRC-32 of all that.
 *
 * @param training recipe and data, in words; only the same training goes on from here
 * @param epochs done
 * @param parameters of the network by name, running statistics too
 * @param optimizer the optimiser's state
 */
record Checkpoint(String training, List<EpochRecord> epochs, List<SavedArray> parameters, List<SavedArray> optimizer) {
    private static final long MAGIC = 0x43344A_545241_0002L;
    private static final int FIGURES = 9;

    /** Writes it, in place of an older one. */
    void write(Path file) throws IOException {
        try (AtomicFile atomic = AtomicFile.create(file)) {
            CheckedOutputStream checked =
                    new CheckedOutputStream(new BufferedOutputStream(atomic.stream(), 1 << 16), new CRC32());
            DataOutputStream out = new DataOutputStream(checked);
            out.writeLong(MAGIC);
            writeText(out, training);
            out.writeInt(epochs.size());
            for (EpochRecord epoch : epochs) {
                write(out, epoch);
            }
            write(out, parameters);
            write(out, optimizer);
            out.flush();
            out.writeLong(checked.getChecksum().getValue());
            out.flush();
            atomic.commit();
        }
    }

    private static void write(DataOutputStream out, EpochRecord epoch) throws IOException {
        out.writeInt(epoch.state().epoch());
        for (double figure : epoch.state().figures().values()) {
            out.writeDouble(figure);
        }
        out.writeDouble(epoch.trainingLoss());
        out.writeDouble(epoch.testAccuracy());
    }

    private static void write(DataOutputStream out, List<SavedArray> arrays) throws IOException {
        out.writeInt(arrays.size());
        for (SavedArray array : arrays) {
            writeText(out, array.name());
            out.writeInt(array.entries().length);
            for (float entry : array.entries()) {
                out.writeFloat(entry);
            }
        }
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /**
     * Reads one.
     *
     * @throws InputException if it is damaged, or of another training
     */
    static Checkpoint read(Path file, String training) throws IOException {
        long size = Files.size(file);
        if (size < 3 * Long.BYTES || size > Integer.MAX_VALUE - 8) {
            throw new InputException(file + ": size: expected a checkpoint, found " + size + " bytes");
        }
        byte[] bytes = Files.readAllBytes(file);
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, bytes.length - Long.BYTES);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readLong() != MAGIC) {
                throw new InputException(file + ": magic number: expected that of a checkpoint, found another");
            }
            long written = new DataInputStream(new ByteArrayInputStream(bytes, bytes.length - Long.BYTES, Long.BYTES))
                    .readLong();
            if (written != crc.getValue()) {
                throw new InputException(file + ": checksum: expected " + crc.getValue() + " of its content, found "
                        + written + "; remove it to start again");
            }
            String of = readText(in);
            if (!of.equals(training)) {
                throw new InputException(
                        file + ": training: " + difference(training, of) + "; choose another folder, or remove it");
            }
            List<EpochRecord> epochs = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                epochs.add(readEpoch(in));
            }
            return new Checkpoint(of, epochs, readArrays(in), readArrays(in));
        } catch (EOFException | UTFDataFormatException e) {
            throw new InputException(file + ": expected a whole checkpoint, found its end too early");
        }
    }

    /** The parts of two descriptions that are not the same. */
    private static String difference(String expected, String found) {
        List<String> wanted = List.of(expected.split(", ", -1));
        List<String> there = List.of(found.split(", ", -1));
        if (wanted.size() != there.size()) {
            return "expected " + expected + ", found a checkpoint of " + found;
        }
        List<String> onlyWanted = new ArrayList<>();
        List<String> onlyThere = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            if (!wanted.get(i).equals(there.get(i))) {
                onlyWanted.add(wanted.get(i));
                onlyThere.add(there.get(i));
            }
        }
        return "expected " + String.join(", ", onlyWanted) + ", found a checkpoint of " + String.join(", ", onlyThere);
    }

    private static EpochRecord readEpoch(DataInputStream in) throws IOException {
        int epoch = in.readInt();
        double[] f = new double[FIGURES];
        for (int i = 0; i < FIGURES; i++) {
            f[i] = in.readDouble();
        }
        CollapseState state = new CollapseState(epoch, f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7], f[8]);
        return new EpochRecord(state, in.readDouble(), in.readDouble());
    }

    private static List<SavedArray> readArrays(DataInputStream in) throws IOException {
        List<SavedArray> arrays = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            String name = readText(in);
            float[] entries = new float[length(in, Float.BYTES)];
            for (int i = 0; i < entries.length; i++) {
                entries[i] = in.readFloat();
            }
            arrays.add(new SavedArray(name, entries));
        }
        return arrays;
    }

    private static String readText(DataInputStream in) throws IOException {
        byte[] bytes = new byte[length(in, 1)];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** A length that the rest of the file can hold. */
    private static int length(DataInputStream in, int itemBytes) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available() / itemBytes) {
            throw new EOFException();
        }
        return length;
    }
}
