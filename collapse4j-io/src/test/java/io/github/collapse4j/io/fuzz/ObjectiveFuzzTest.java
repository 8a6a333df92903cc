package io.github.collapse4j.io.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.collapse4j.io.TrainedObjective;
import io.github.collapse4j.io.samples.contract.ReaderOracle;
import java.io.IOException;

/** Objectives of trained layers. */
class ObjectiveFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void readsOrRefuses(byte[] bytes) throws IOException {
        ReaderOracle.checkFile(bytes, ".json", TrainedObjective::read);
    }
}
