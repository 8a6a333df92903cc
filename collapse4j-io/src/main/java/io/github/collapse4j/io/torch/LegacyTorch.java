package io.github.collapse4j.io.torch;

import io.github.collapse4j.io.array.FileSignature;
import io.github.collapse4j.io.array.InputFile;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * The format before PyTorch 1.6: pickles of a magic number, a version, the system, the tensors and the keys of their
 * storages, followed by the storages, each with its number of elements.
 */
final class LegacyTorch {
    private static final Pickled MAGIC = new Pickled.Whole(new BigInteger("1950a86a20f9469cfc6c", 16));
    private static final Pickled VERSION = Pickled.Whole.of(1001);
    private static final int FIRST = 0x80;

    private LegacyTorch() {}

    static TorchFile read(InputFile file) throws IOException {
        byte[] start = file.read("signature", 0, (int) Math.min(FileSignature.BYTES, file.size()))
                .array();
        if (start.length == 0 || (start[0] & 0xFF) != FIRST) {
            throw file.origin().defect("signature", "a file of torch.save", FileSignature.found(start, ""), 0);
        }
        PickleInput in = new PickleInput(file.stream(0, file.size()), file.origin());
        TorchObjects objects = new TorchObjects(ByteOrder.LITTLE_ENDIAN);
        if (!PickleMachine.run(in, objects).equals(MAGIC)) {
            throw in.defect("the magic number of torch.save", "another pickle");
        }
        if (!PickleMachine.run(in, objects).equals(VERSION)) {
            throw in.defect("version 1001 of torch.save", "another");
        }
        Pickled system = PickleMachine.run(in, objects);
        boolean isBig = system instanceof Pickled.Pairs pairs
                && pairs.get("little_endian")
                        .filter(new Pickled.Truth(false)::equals)
                        .isPresent();
        ByteOrder order = isBig ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        objects = new TorchObjects(order);
        Pickled root = PickleMachine.run(in, objects);
        if (!(PickleMachine.run(in, objects) instanceof Pickled.Items keys)) {
            throw in.defect("a list of storages", "something else");
        }
        return new TorchFile(file, root, storages(file, in, keys, objects.itemBytes(), order));
    }

    private static Map<String, StorageBytes> storages(
            InputFile file, PickleInput in, Pickled.Items keys, Map<String, Integer> itemBytes, ByteOrder order)
            throws IOException {
        Map<String, StorageBytes> storages = new HashMap<>();
        long position = in.position();
        for (Pickled key : keys.items()) {
            if (!(key instanceof Pickled.Text text) || !itemBytes.containsKey(text.value())) {
                throw in.defect("the key of a storage", key.kind());
            }
            long elements = file.read("length of a storage", position, Long.BYTES)
                    .order(order)
                    .getLong();
            position += Long.BYTES;
            int item = itemBytes.get(text.value());
            if (elements < 0 || elements > (file.size() - position) / item) {
                throw file.origin()
                        .truncated("storage " + text.value(), elements * item, file.size() - position, position);
            }
            storages.put(text.value(), StorageBytes.in(file, position, elements * item));
            position += elements * item;
        }
        return storages;
    }
}
