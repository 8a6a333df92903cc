package io.github.collapse4j.io.fuzz;

import io.github.collapse4j.io.ArrayFile;
import io.github.collapse4j.io.ClassifierSource;
import io.github.collapse4j.io.Resource;
import io.github.collapse4j.io.array.ArrayArchive;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.samples.contract.ReaderOracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of weights and features as people have them, damaged: each is read, or refused in one line. */
@Tag("heavy")
class MutatedFilesTest {
    private static final int MOST_ARRAYS = 8;
    private static final int LARGEST_ARRAY = 1 << 16;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "zipped PyTorch, torch/checkpoint.pth.tar torch/parameters.pth torch/run.pt torch/views.pt torch/script.pt"
                + " models/mindmapper.pth",
        "legacy PyTorch, torch/checkpoint-legacy.pth.tar torch/nested-legacy.pth torch/types-legacy.pt"
                + " torch/views-legacy.pt",
        "ONNX, onnx/constants.onnx onnx/written-softmax.onnx onnx/fields-double.onnx onnx/external.onnx"
                + " onnx/convolution.onnx models/mnist-cntk.onnx models/cc-lenet-reg.onnx",
        "HDF5, keras/sequential.h5 keras/arrays.h5 keras/batchnorm.h5 keras/three.weights.h5 models/kilj-mnist.h5",
        "Keras, keras/named.keras keras/counted.keras models/art-fee.keras",
        "safetensors, safetensors/layer.safetensors safetensors/samples.safetensors safetensors/types.safetensors",
        "sharded safetensors, safetensors/model.safetensors.index.json",
        "NPZ, npy/npz/deflated.npz npy/npz/stored.npz npy/npz/zip64.npz",
    })
    void readsOrRefuses(String reader, String resources) throws IOException {
        Resource.copy("onnx/external.bin", directory);
        Resource.copy("safetensors/layer.safetensors", directory);
        List<Path> files = new ArrayList<>();
        for (String resource : resources.split(" ", -1)) {
            Path file = directory.resolve(Path.of(resource).getFileName());
            if (!Files.exists(file)) {
                Resource.copy(resource, directory);
            }
            files.add(file);
        }
        Mutations.run(reader, files, file -> read(file.toString()));
    }

    private static void read(String file) {
        ReaderOracle.check(() -> ClassifierSource.open(file, null, Path::of).bias());
        ReaderOracle.check(() -> {
            try (ArrayArchive archive = ArrayFile.archive(file).orElseThrow()) {
                for (String name : archive.names().stream().limit(MOST_ARRAYS).toList()) {
                    ReaderOracle.check(() -> readArray(archive, name, file + ":" + name));
                }
            }
        });
    }

    private static void readArray(ArrayArchive archive, String name, String location) throws IOException {
        if (archive.header(name).elementCount() < LARGEST_ARRAY) {
            FuzzedArray.readAsFeaturesAndLabels(location);
        } else {
            try (NumericArray array = archive.array(name)) {
                array.matrix();
            }
        }
    }
}
