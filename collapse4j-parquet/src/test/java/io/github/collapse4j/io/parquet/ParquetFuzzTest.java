package io.github.collapse4j.io.parquet;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.collapse4j.io.samples.SampleFiles;
import io.github.collapse4j.io.samples.SampleRequest;
import io.github.collapse4j.io.samples.contract.ReaderOracle;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Parquet files; the seeds are golden files, since hardly any other input gets past the footer. */
@Execution(ExecutionMode.SAME_THREAD)
@Tag("heavy")
class ParquetFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void readsOrRefuses(byte[] bytes) throws IOException {
        ReaderOracle.checkFile(
                bytes,
                ".parquet",
                file -> ReaderOracle.readAll(
                        new SampleFiles(InputStream.nullInputStream()).open(SampleRequest.of(file.toString(), null)),
                        3));
    }
}
