package io.github.collapse4j.io.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.collapse4j.io.keras.KerasModel;
import io.github.collapse4j.io.samples.contract.ReaderOracle;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** HDF5 files: their arrays and their heads. */
@Execution(ExecutionMode.SAME_THREAD)
@Tag("heavy")
class KerasFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void readsOrRefuses(byte[] bytes) throws IOException {
        ReaderOracle.checkFile(bytes, ".h5", file -> {
            try (KerasModel archive = KerasModel.open(file, file.toString())) {
                ReaderOracle.check(() -> archive.head(""));
                for (String name : archive.names()) {
                    ReaderOracle.check(() -> archive.head(name));
                    ReaderOracle.check(() -> FuzzedArray.readAsFeaturesAndLabels(file + ":" + name));
                }
            }
        });
    }
}
