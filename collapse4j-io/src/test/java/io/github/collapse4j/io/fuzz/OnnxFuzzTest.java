package io.github.collapse4j.io.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.collapse4j.io.onnx.OnnxModel;
import io.github.collapse4j.io.samples.contract.ReaderOracle;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** ONNX models: their arrays and their heads. */
@Tag("heavy")
@Execution(ExecutionMode.SAME_THREAD)
class OnnxFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void readsOrRefuses(byte[] bytes) throws IOException {
        ReaderOracle.checkFile(bytes, ".onnx", file -> {
            try (OnnxModel archive = OnnxModel.open(file, file.toString())) {
                ReaderOracle.check(() -> archive.onnxHead(""));
                for (String name : archive.names()) {
                    ReaderOracle.check(() -> archive.onnxHead(name));
                    ReaderOracle.check(() -> FuzzedArray.readAsFeaturesAndLabels(file + ":" + name));
                }
            }
        });
    }
}
