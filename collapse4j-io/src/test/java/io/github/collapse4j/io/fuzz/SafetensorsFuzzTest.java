package io.github.collapse4j.io.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.collapse4j.io.safetensors.Safetensors;
import io.github.collapse4j.io.samples.contract.ReaderOracle;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Safetensors files. */
@Tag("heavy")
@Execution(ExecutionMode.SAME_THREAD)
class SafetensorsFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void readsOrRefuses(byte[] bytes) throws IOException {
        ReaderOracle.checkFile(bytes, ".safetensors", file -> {
            try (Safetensors archive = Safetensors.open(file)) {
                for (String name : archive.names()) {
                    ReaderOracle.check(() -> FuzzedArray.readAsFeaturesAndLabels(file + ":" + name));
                }
            }
        });
    }
}
