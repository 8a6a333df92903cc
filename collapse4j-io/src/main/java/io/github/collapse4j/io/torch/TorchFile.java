package io.github.collapse4j.io.torch;

import io.github.collapse4j.io.array.ArrayArchive;
import io.github.collapse4j.io.array.ArrayHeader;
import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.InputFile;
import io.github.collapse4j.io.array.NumericArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A file of {@code torch.save}: a tensor, or nested dictionaries and lists of tensors, such as a {@code state_dict}.
 * Tensors are named by their keys joined with points, such as {@code state_dict.fc.weight}, a single tensor by the
 * file; they are read in place. Nothing in the file is executed.
 */
public final class TorchFile implements ArrayArchive {
    private final InputFile file;
    private final Map<String, Pickled.Tensor> tensors;
    private final Map<String, StorageBytes> storages;

    TorchFile(InputFile file, Pickled root, Map<String, StorageBytes> storages) throws FormatException {
        this.file = file;
        this.tensors = TensorNames.of(root, stem(file.path()), file.origin());
        this.storages = storages;
        if (tensors.isEmpty()) {
            throw file.origin().defect("file", "tensors", "no tensors", 0);
        }
    }

    /**
     * Opens a file and interprets its description of tensors.
     *
     * @param path a regular file that must not be changed while it or a tensor of it is open
     * @param name its name in messages
     * @throws FormatException if it is not such a file, or describes anything but tensors, containers and numbers
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws IOException if reading fails
     */
    public static TorchFile open(Path path, String name) throws IOException {
        InputFile file = InputFile.open(path, name);
        try {
            boolean isZip = file.size() >= 4 && file.read("signature", 0, 4).getInt() == ZippedTorch.SIGNATURE;
            return isZip ? ZippedTorch.read(file) : LegacyTorch.read(file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static String stem(Path path) {
        return String.valueOf(path.getFileName()).replaceFirst("\\.[^.]*$", "");
    }

    /** {@return the names of the tensors of supported types, in the order of the file} */
    @Override
    public List<String> names() {
        return tensors.entrySet().stream()
                .filter(entry -> entry.getValue().type().isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public ArrayHeader header(String name) throws IOException {
        return tensor(name).header();
    }

    @Override
    public NumericArray array(String name) throws IOException {
        return tensor(name).array();
    }

    private TorchTensor tensor(String name) throws IOException {
        Pickled.Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw file.origin().defect("tensor", "'" + name + "'", "only " + names(), 0);
        }
        StorageBytes bytes = storages.get(tensor.key());
        if (bytes == null) {
            throw file.origin().entry(name).defect("storage", "'" + tensor.key() + "'", "none of that name", 0);
        }
        return new TorchTensor(tensor, bytes, file.origin().entry(name));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
