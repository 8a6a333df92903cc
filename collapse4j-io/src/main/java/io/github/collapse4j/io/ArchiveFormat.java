package io.github.collapse4j.io;

import io.github.collapse4j.io.array.ArrayArchive;
import io.github.collapse4j.io.keras.KerasModel;
import io.github.collapse4j.io.npy.Npz;
import io.github.collapse4j.io.onnx.OnnxModel;
import io.github.collapse4j.io.safetensors.Safetensors;
import io.github.collapse4j.io.safetensors.ShardedSafetensors;
import io.github.collapse4j.io.torch.TorchFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The formats of files with named arrays, recognised by their suffixes. */
enum ArchiveFormat {
    NPZ,
    SAFETENSORS,
    SHARDED,
    TORCH,
    ONNX,
    KERAS;

    private List<String> suffixes() {
        return switch (this) {
            case NPZ -> List.of(".npz");
            case SAFETENSORS -> List.of(".safetensors");
            case SHARDED -> List.of(".safetensors.index.json");
            case TORCH -> List.of(".pt", ".pth", ".th", ".ckpt", ".bin", ".pth.tar", ".pt.tar", ".t7");
            case ONNX -> List.of(".onnx");
            case KERAS -> List.of(".keras", ".h5", ".hdf5");
        };
    }

    /** {@return the format of a file of that name, if it is an archive} */
    static Optional<ArchiveFormat> of(String file) {
        return Arrays.stream(values())
                .filter(format -> format.suffixes().stream().anyMatch(file::endsWith))
                .findFirst();
    }

    /** {@return whether a file of that name is a model as frameworks save it, perhaps with more than arrays} */
    static boolean isCheckpoint(String file) {
        return of(file).filter(format -> format != NPZ && format != SAFETENSORS).isPresent();
    }

    /** {@return whether its arrays are the parameters of a model, rather than whatever a user saved} */
    boolean isModel() {
        return this != NPZ;
    }

    /**
     * Opens an archive.
     *
     * @param path its location
     * @param name its name in messages
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    ArrayArchive open(Path path, String name) throws IOException {
        return switch (this) {
            case NPZ -> Npz.open(path, name);
            case SAFETENSORS -> Safetensors.open(path, name);
            case SHARDED -> ShardedSafetensors.open(path, name);
            case TORCH -> TorchFile.open(path, name);
            case ONNX -> OnnxModel.open(path, name);
            case KERAS -> KerasModel.open(path, name);
        };
    }
}
