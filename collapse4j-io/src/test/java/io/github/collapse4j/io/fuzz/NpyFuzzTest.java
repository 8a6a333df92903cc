package io.github.collapse4j.io.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.collapse4j.io.samples.contract.ReaderOracle;
import java.io.IOException;

/** {@code .npy} files as features, and as labels. */
class NpyFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void readsOrRefuses(byte[] bytes) throws IOException {
        ReaderOracle.checkFile(bytes, ".npy", file -> FuzzedArray.readAsFeaturesAndLabels(file.toString()));
    }
}
