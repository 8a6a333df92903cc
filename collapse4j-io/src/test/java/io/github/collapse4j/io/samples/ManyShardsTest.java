package io.github.collapse4j.io.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.data.SampleReader;
import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.io.npy.NpyWriter;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory does not grow with the number of files: two threads read 1,500 shards in 64 MB, 8 MB of it direct. */
@Tag("heavy")
class ManyShardsTest {
    private static final int SHARDS = 1500;

    @TempDir
    private Path directory;

    @Test
    void readsManyShardsInLittleMemory() throws Exception {
        for (int i = 0; i < SHARDS; i++) {
            double[] features = {i, -i, 1, 2};
            new NpyWriter(NpyWriter.Type.FLOAT64)
                    .writeMatrix(directory.resolve("f-" + i + ".npy"), features, 2, 2, NpyWriter.Layout.ROW_MAJOR);
            NpyWriter.writeLabels(directory.resolve("y-" + i + ".npy"), new long[] {0, 1});
        }
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:MaxDirectMemorySize=8m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Reader.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals("3000", output.strip());
        assertEquals(0, child.waitFor());
    }

    /** Runs in the other JVM: the labels and two passes, as in {@code measure}. */
    static final class Reader {
        private Reader() {}

        public static void main(String[] args) throws Exception {
            SampleRequest request = new SampleRequest(
                    args[0] + "/f-*.npy", args[0] + "/y-*.npy", OptionalInt.empty(), TableColumns.usual());
            SampleSource source = new SampleFiles(InputStream.nullInputStream()).open(request);
            int[] counts = new int[2];
            for (int pass = 0; pass < 2; pass++) {
                try (SampleReader reader = source.open()) {
                    List<Thread> threads = new ArrayList<>();
                    counts = new int[2];
                    for (int i = 0; i < counts.length; i++) {
                        int[] of = counts;
                        int index = i;
                        Thread thread = new Thread(() -> of[index] = count(reader));
                        threads.add(thread);
                        thread.start();
                    }
                    for (Thread thread : threads) {
                        thread.join();
                    }
                }
            }
            System.out.println(counts[0] + counts[1]);
        }

        private static int count(SampleReader reader) {
            SampleBatch batch = new SampleBatch(2, 16);
            int count = 0;
            while (reader.next(batch)) {
                count += batch.count();
            }
            return count;
        }
    }
}
