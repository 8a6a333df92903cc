package io.github.collapse4j.io.torch;

import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.InputFile;
import io.github.collapse4j.io.zip.ZipDirectory;
import io.github.collapse4j.io.zip.ZipMember;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The format since PyTorch 1.6: an archive with a pickle, and a member for each storage. */
final class ZippedTorch {
    static final int SIGNATURE = 0x04034b50;

    private static final String PICKLE = "data.pkl";
    private static final int MAX_ORDER = 64;

    private ZippedTorch() {}

    static TorchFile read(InputFile file) throws IOException {
        Map<String, ZipMember> members = ZipDirectory.read(file);
        String pickle = members.keySet().stream()
                .filter(name -> name.equals(PICKLE) || name.matches("[^/]*/" + PICKLE))
                .findFirst()
                .orElseThrow(() -> file.origin()
                        .defect("ZIP directory", "a member data.pkl (a PyTorch file)", members.keySet() + "", 0));
        String folder = pickle.substring(0, pickle.length() - PICKLE.length());
        if (members.containsKey(folder + "constants.pkl")) {
            throw file.origin()
                    .defect(
                            "file",
                            "tensors",
                            "a TorchScript archive: torch.save(torch.jit.load(…).state_dict(), 'weights.pt')",
                            0);
        }
        Map<String, StorageBytes> storages = new HashMap<>();
        String data = folder + "data/";
        for (ZipMember member : members.values()) {
            if (member.name().startsWith(data)) {
                storages.put(member.name().substring(data.length()), StorageBytes.of(member));
            }
        }
        ZipMember description = Objects.requireNonNull(members.get(pickle), pickle);
        try (InputStream in = description.stream()) {
            Pickled root = PickleMachine.run(
                    new PickleInput(in, description.origin()), new TorchObjects(order(file, members, folder)));
            return new TorchFile(file, root, storages);
        }
    }

    private static ByteOrder order(InputFile file, Map<String, ZipMember> members, String folder) throws IOException {
        ZipMember member = members.get(folder + "byteorder");
        String order = member == null ? "little" : new String(member.read(MAX_ORDER), StandardCharsets.UTF_8);
        return switch (order) {
            case "little" -> ByteOrder.LITTLE_ENDIAN;
            case "big" -> ByteOrder.BIG_ENDIAN;
            default -> throw unknown(file, order);
        };
    }

    private static FormatException unknown(InputFile file, String order) {
        return file.origin().defect("byteorder", "little or big", order, 0);
    }
}
