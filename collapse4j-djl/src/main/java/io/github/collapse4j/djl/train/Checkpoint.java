package io.github.collapse4j.djl.train;

import io.github.collapse4j.djl.optim.PenalizedOptimizer.SavedArray;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.file.AtomicFile;
import io.github.collapse4j.linalg.Matrix;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/**
 * The state of a training after some epochs, sufficient to resume it exactly. File format, big-endian: a magic number
 * and the version; the fields of the training, each a name and a value; the names of an epoch's figures, then the
 * epochs; the parameters; the optimiser's arrays; and a CRC-32 of all of these. Strings and lists are preceded by their
 * length.
 *
 * @param training identity of recipe and data; only the same training can resume, or one of more epochs
 * @param epochs epochs done
 * @param parameters parameters of the network by name, including running statistics
 * @param optimizer state of the optimiser
 */
record Checkpoint(
        TrainingIdentity training, List<EpochRecord> epochs, List<SavedArray> parameters, List<SavedArray> optimizer) {
    /** "C4JTRA", followed by a two-byte version. */
    private static final long MAGIC = 0x43344A_545241L;

    private static final int VERSION = 3;

    /** Writes the checkpoint, replacing an older one. */
    void write(Path file) throws IOException {
        try (AtomicFile atomic = AtomicFile.create(file)) {
            CheckedOutputStream checked =
                    new CheckedOutputStream(new BufferedOutputStream(atomic.stream(), 1 << 16), new CRC32());
            DataOutputStream out = new DataOutputStream(checked);
            out.writeLong(MAGIC << Short.SIZE | VERSION);
            out.writeInt(training.fields().size());
            for (Map.Entry<String, String> field : training.fields().entrySet()) {
                writeText(out, field.getKey());
                writeText(out, field.getValue());
            }
            writeEpochs(out);
            write(out, parameters);
            write(out, optimizer);
            out.flush();
            out.writeLong(checked.getChecksum().getValue());
            out.flush();
            atomic.commit();
        }
    }

    private void writeEpochs(DataOutputStream out) throws IOException {
        out.writeInt(EpochFigures.NAMES.size());
        for (String name : EpochFigures.NAMES) {
            writeText(out, name);
        }
        out.writeInt(epochs.size());
        for (EpochRecord epoch : epochs) {
            out.writeInt(epoch.state().epoch());
            Map<String, Double> figures = EpochFigures.of(epoch);
            for (String name : EpochFigures.NAMES) {
                out.writeDouble(EpochFigures.figure(figures, name));
            }
        }
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
     * Reads a checkpoint.
     *
     * @throws InputException if it is damaged, of another version or of another training
     */
    static Checkpoint read(Path file, TrainingIdentity training) throws IOException {
        long size = Files.size(file);
        if (size < 3 * Long.BYTES || size > Matrix.MAX_ENTRIES) {
            throw new InputException(file + ": size: expected a checkpoint, found " + size + " bytes");
        }
        byte[] bytes = Files.readAllBytes(file);
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, bytes.length - Long.BYTES);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            long magic = in.readLong();
            if (magic >>> Short.SIZE != MAGIC) {
                throw new InputException(file + ": magic number: expected that of a checkpoint, found another");
            }
            int version = (int) (magic & 0xffff);
            if (version != VERSION) {
                throw new InputException(file + ": version: expected " + VERSION + ", found " + version
                        + "; finish this training with the collapse4j that began it, or remove the file");
            }
            long written = new DataInputStream(new ByteArrayInputStream(bytes, bytes.length - Long.BYTES, Long.BYTES))
                    .readLong();
            if (written != crc.getValue()) {
                throw new InputException(file + ": checksum: expected " + crc.getValue() + " of its content, found "
                        + written + "; remove it to start again");
            }
            TrainingIdentity found = readIdentity(in);
            if (!training.continues(found)) {
                throw new InputException(
                        file + ": training: " + training.difference(found) + "; choose another folder, or remove it");
            }
            return new Checkpoint(found, readEpochs(in, file), readArrays(in), readArrays(in));
        } catch (EOFException | UTFDataFormatException e) {
            throw new InputException(file + ": expected a complete checkpoint, found a premature end");
        }
    }

    private static TrainingIdentity readIdentity(DataInputStream in) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            fields.put(readText(in), readText(in));
        }
        return new TrainingIdentity(fields);
    }

    private static List<EpochRecord> readEpochs(DataInputStream in, Path file) throws IOException {
        List<String> names = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            names.add(readText(in));
        }
        if (!Set.copyOf(names).equals(Set.copyOf(EpochFigures.NAMES))) {
            throw new InputException(
                    file + ": figures of an epoch: expected " + EpochFigures.NAMES + ", found " + names);
        }
        List<EpochRecord> epochs = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            int epoch = in.readInt();
            Map<String, Double> figures = new LinkedHashMap<>();
            for (String name : names) {
                figures.put(name, in.readDouble());
            }
            epochs.add(EpochFigures.epoch(epoch, figures));
        }
        return epochs;
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

    /** Reads a length and checks that the rest of the file can hold it. */
    private static int length(DataInputStream in, int itemBytes) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available() / itemBytes) {
            throw new EOFException();
        }
        return length;
    }
}
