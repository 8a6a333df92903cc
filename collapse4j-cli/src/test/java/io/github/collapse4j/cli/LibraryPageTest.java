package io.github.collapse4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/library.md compile as they are printed there, and print what the page says. */
@Tag("slow")
class LibraryPageTest {
    /** A program, and the block after it. */
    private static final Pattern PROGRAM =
            Pattern.compile("```java\\n(.*?public class (\\w+).*?)```\\n\\n```\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @Test
    void programsPrintWhatThePageSays() throws IOException, InterruptedException {
        String page = Files.readString(Path.of("..", "docs", "library.md"));
        assertEquals(
                0,
                Run.of("sample", "--out", folder.resolve("sample").toString()).exitCode());
        Matcher programs = PROGRAM.matcher(page);
        List<Path> sources = new ArrayList<>();
        while (programs.find()) {
            sources.add(Files.writeString(folder.resolve(programs.group(2) + ".java"), programs.group(1)));
        }
        assertEquals(4, sources.size());
        compile(sources);
        programs.reset();
        while (programs.find()) {
            assertPrints(programs.group(2), programs.group(3));
        }
    }

    private void compile(List<Path> sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options = List.of(
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-d",
                    folder.toString(),
                    "-Xlint:all,-processing",
                    "-Werror",
                    "-proc:none");
            assertTrue(
                    compiler.getTask(messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                            .call(),
                    messages::toString);
        }
    }

    private void assertPrints(String program, String expected) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(Program.command());
        command.set(command.size() - 1, program);
        int classPath = command.indexOf("-cp") + 1;
        command.set(classPath, folder + System.getProperty("path.separator") + command.get(classPath));
        command.add(1, "-Dfile.encoding=UTF-8");
        command.add(1, "-Dstdout.encoding=UTF-8");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("errors").toFile())
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> program + ": " + errors());
        String pattern =
                Pattern.compile("…").splitAsStream(expected).map(Pattern::quote).collect(Collectors.joining(".*"));
        assertTrue(printed.matches(pattern), () -> program + " printed\n" + printed);
    }

    private String errors() {
        try {
            return Files.readString(folder.resolve("errors"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
