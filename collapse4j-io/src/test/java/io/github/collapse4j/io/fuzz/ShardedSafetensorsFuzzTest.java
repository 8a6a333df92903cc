package io.github.collapse4j.io.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.collapse4j.io.safetensors.ShardedSafetensors;
import io.github.collapse4j.io.samples.contract.ReaderOracle;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The index of sharded safetensors files. */
@Tag("heavy")
@Execution(ExecutionMode.SAME_THREAD)
class ShardedSafetensorsFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void readsOrRefuses(byte[] bytes) throws IOException {
        ReaderOracle.checkFile(bytes, ".safetensors.index.json", file -> {
            try (ShardedSafetensors archive = ShardedSafetensors.open(file, file.toString())) {
                for (String name : archive.names()) {
                    ReaderOracle.check(() -> archive.header(name));
                    ReaderOracle.check(() -> archive.array(name));
                }
            }
        });
    }
}
