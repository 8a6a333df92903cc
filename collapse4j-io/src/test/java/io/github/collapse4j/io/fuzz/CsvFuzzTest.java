package io.github.collapse4j.io.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.collapse4j.io.samples.SampleFiles;
import io.github.collapse4j.io.samples.SampleRequest;
import io.github.collapse4j.io.samples.contract.ReaderOracle;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Text tables. */
@Tag("heavy")
@Execution(ExecutionMode.SAME_THREAD)
class CsvFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void readsOrRefuses(byte[] bytes) throws IOException {
        ReaderOracle.checkFile(
                bytes,
                ".csv",
                file -> ReaderOracle.readAll(
                        new SampleFiles(InputStream.nullInputStream()).open(SampleRequest.of(file.toString(), null)),
                        3));
    }
}
