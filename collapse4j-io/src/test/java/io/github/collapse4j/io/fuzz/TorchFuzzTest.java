package io.github.collapse4j.io.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.collapse4j.io.array.ArrayArchive;
import io.github.collapse4j.io.samples.contract.ReaderOracle;
import io.github.collapse4j.io.torch.TorchFile;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** PyTorch files, zipped and legacy. */
@Execution(ExecutionMode.SAME_THREAD)
@Tag("heavy")
class TorchFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void readsOrRefuses(byte[] bytes) throws IOException {
        ReaderOracle.checkFile(bytes, ".pt", file -> {
            try (ArrayArchive archive = TorchFile.open(file, file.toString())) {
                for (String name : archive.names()) {
                    ReaderOracle.check(() -> FuzzedArray.readAsFeaturesAndLabels(file + ":" + name));
                }
            }
        });
    }
}
