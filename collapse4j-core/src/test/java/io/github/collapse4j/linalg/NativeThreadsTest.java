package io.github.collapse4j.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.openblas.global.openblas_full;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The number of library threads, tested in separate processes because the library reads it only once, when loaded. */
@Tag("heavy")
class NativeThreadsTest {
    /** Prints the number of library threads, and of threads that a product of many tiles used. */
    static final class Program {
        private Program() {}

        public static void main(String[] args) {
            Matrix a = Matrix.identity(300);
            LinearAlgebra.multiply(a, a);
            System.out.print(openblas_full.openblas_get_num_threads() + " " + NativeThreads.available());
        }
    }

    @Test
    void theLibraryWorksOnTheThreadThatCallsIt() throws Exception {
        assertEquals("1 3", run(Map.of()));
    }

    @Test
    void threadsConfiguredByTheUserAreKept() throws Exception {
        int most = Math.min(2, Runtime.getRuntime().availableProcessors()); // the library allows no more
        assertEquals(most + " 1", run(Map.of("OPENBLAS_NUM_THREADS", "2")));
        assertEquals("1 1", run(Map.of("OMP_NUM_THREADS", "1")));
    }

    private static String run(Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:ActiveProcessorCount=3",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeIf(name -> name.endsWith("_NUM_THREADS"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        return out;
    }
}
