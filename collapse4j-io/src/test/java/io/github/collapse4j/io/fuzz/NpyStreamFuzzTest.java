package io.github.collapse4j.io.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.collapse4j.io.npy.NpyWriter;
import io.github.collapse4j.io.samples.SampleFiles;
import io.github.collapse4j.io.samples.SampleRequest;
import io.github.collapse4j.io.samples.contract.ReaderOracle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Features from a pipe; the first byte is the number of labels. */
@Execution(ExecutionMode.SAME_THREAD)
@Tag("heavy")
class NpyStreamFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void readsOrRefuses(byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            return;
        }
        Path labels = Files.createTempFile("labels", ".npy");
        try {
            NpyWriter.writeLabels(labels, new long[bytes[0] & 0xFF]);
            ByteArrayInputStream pipe = new ByteArrayInputStream(bytes, 1, bytes.length - 1);
            ReaderOracle.check(() ->
                    ReaderOracle.readAll(new SampleFiles(pipe).open(SampleRequest.of("-", labels.toString())), 3));
        } finally {
            Files.delete(labels);
        }
    }
}
