package io.github.collapse4j.io.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.collapse4j.io.npy.Npz;
import io.github.collapse4j.io.samples.contract.ReaderOracle;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Archives of arrays. */
@Tag("heavy")
@Execution(ExecutionMode.SAME_THREAD)
class NpzFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void readsOrRefuses(byte[] bytes) throws IOException {
        ReaderOracle.checkFile(bytes, ".npz", file -> {
            try (Npz archive = Npz.open(file)) {
                for (String name : archive.names()) {
                    ReaderOracle.check(() -> FuzzedArray.readAsFeaturesAndLabels(file + ":" + name));
                }
            }
        });
    }
}
