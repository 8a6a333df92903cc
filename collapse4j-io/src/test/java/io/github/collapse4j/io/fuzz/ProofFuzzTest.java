package io.github.collapse4j.io.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.collapse4j.io.proof.ProofFile;
import io.github.collapse4j.io.samples.contract.ReaderOracle;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Proof files: what is read is checked, too, and must neither crash nor hang. */
@Tag("heavy")
@Execution(ExecutionMode.SAME_THREAD)
class ProofFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void readsOrRefuses(byte[] bytes) throws IOException {
        ReaderOracle.checkFile(bytes, ".json", file -> ProofFile.read(file).verify());
    }
}
