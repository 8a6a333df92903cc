package io.github.collapse4j.io.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.collapse4j.io.safetensors.ShardedSafetensors;
import io.github.collapse4j.io.samples.contract.ReaderOracle;
import java.io.IOException;

/** The index of sharded safetensors files. */
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
