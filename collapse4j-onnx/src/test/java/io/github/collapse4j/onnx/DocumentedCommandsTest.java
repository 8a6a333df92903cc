package io.github.collapse4j.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * Runs the commands that README and guide print, in their order, and compares what they print with the next block. A line … stands for any lines. Numbers may differ in their fourth digit from machine to machine, tiny ones in
 * all; times are not compared.
 */
@Tag("slow")
class DocumentedCommandsTest {
    private static final double SAME = 2e-3;
    private static final double TINY = 1e-9;

    /** Commands for files of the reader's own, or that train for a minute and more, and what reads their results. */
    private static final Pattern NOT_RUN = Pattern.compile(
            ".* (model\\.|student/|features\\.npy |run/|long-tail/|--html landscape).*|.*(burn-mnist|kilj-mnist).*|\\S+ demo.*|\\S+ train .*");

    private static final Pattern COMMAND = Pattern.compile("^ {4}\\./collapse4j (.*)$");
    private static final Pattern TIME = Pattern.compile("\\b[0-9.]+ s\\b");

    /** Files and folders that commands write, which a checkout ignores; others are those of the repository. */
    private static final Pattern WRITTEN = ignoredAtTheRoot();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/guide.md"})
    void commandsPrintWhatThePageSays(String page) throws IOException {
        Set<Path> before = here();
        List<String> lines = Files.readAllLines(Path.of("..").resolve(page));
        List<String> mismatches = new ArrayList<>();
        int compared = 0;
        String printed = "";
        for (int i = 0; i < lines.size(); i++) {
            Matcher command = COMMAND.matcher(lines.get(i));
            if (command.matches()) {
                StringBuilder whole = new StringBuilder(command.group(1));
                while (whole.charAt(whole.length() - 1) == '\\') {
                    whole.setLength(whole.length() - 1);
                    whole.append(lines.get(++i).strip());
                }
                String words = whole.toString().replaceFirst("\\s{2,}#.*", "").strip();
                printed = NOT_RUN.matcher("collapse4j " + words).matches() ? "" : run(words);
            } else if (lines.get(i).equals("```")) {
                int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf("```");
                if (!printed.isEmpty()) {
                    mismatch(lines.subList(i + 1, end), printed, page + ":" + (i + 1))
                            .ifPresent(mismatches::add);
                    compared++;
                }
                printed = "";
                i = end;
            } else if (lines.get(i).startsWith("```")) {
                i += 1 + lines.subList(i + 1, lines.size()).indexOf("```");
                printed = "";
            } else if (lines.get(i).startsWith("#")) {
                printed = "";
            }
        }
        assertEquals("", String.join("\n", mismatches));
        assertEquals(before, here(), "files that a checkout does not ignore");
        assertTrue(compared > 1, page + ": " + compared + " blocks compared");
    }

    private static Pattern ignoredAtTheRoot() {
        try (Stream<String> lines = Files.lines(Path.of("../.gitignore"))) {
            return Pattern.compile(lines.filter(line -> line.startsWith("/"))
                    .map(line -> line.substring(1).replace(".", "\\.").replace("*", "[^/]*"))
                    .map(line -> line.endsWith("/") ? line.substring(0, line.length() - 1) + "(/.*)?" : line)
                    .collect(Collectors.joining("|")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<Path> here() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(""))) {
            return files.collect(Collectors.toSet());
        }
    }

    /** Runs a command; paths are taken from and to their places, and appear in the output as the page has them. */
    private String run(String words) {
        List<String> arguments = new ArrayList<>(List.of(words.replace("'", "").split("\\s+", -1)));
        if (words.equals("sample")) {
            arguments.addAll(List.of("--out", "sample"));
        }
        for (int i = 1; i < arguments.size(); i++) {
            String word = arguments.get(i);
            arguments.set(
                    i,
                    WRITTEN.matcher(word).matches()
                            ? folder.resolve(word).toString()
                            : word.replaceFirst("^(examples|collapse4j-cli)/", "../$1/"));
        }
        StringWriter out = new StringWriter();
        CommandLine commandLine = Main.commandLine();
        PrintWriter printer = new PrintWriter(out, true);
        commandLine.setOut(printer);
        commandLine.setErr(printer);
        int exitCode = commandLine.execute(arguments.toArray(String[]::new));
        String printed = out.toString()
                .replace(folder + "/", "")
                .replace("../examples", "examples")
                .replace("../collapse4j-cli", "collapse4j-cli");
        assertTrue(exitCode == 0, () -> words + "\n" + printed);
        return printed;
    }

    /** The first line of a block that was not printed. */
    private static Optional<String> mismatch(List<String> expected, String printed, String place) {
        List<String> actual = printed.lines().filter(line -> !line.isBlank()).toList();
        int at = 0;
        boolean skip = false;
        for (String line : expected) {
            if (line.isBlank()) {
                continue;
            }
            if (line.strip().equals("…")) {
                skip = true;
                continue;
            }
            int found = at;
            while (skip && found < actual.size() && !same(line, actual.get(found))) {
                found++;
            }
            if (found >= actual.size() || !same(line, actual.get(found))) {
                return Optional.of(place + ": expected\n" + line + "\nfound\n"
                        + (at < actual.size() ? actual.get(at) : "nothing more"));
            }
            at = found + 1;
            skip = false;
        }
        return skip || at == actual.size() ? Optional.empty() : Optional.of(place + ": ends before\n" + actual.get(at));
    }

    private static boolean same(String expected, String actual) {
        List<String> left = words(expected);
        List<String> right = words(actual);
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!left.get(i).equals(right.get(i)) && !sameNumber(left.get(i), right.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static List<String> words(String line) {
        return new ArrayList<>(
                List.of(TIME.matcher(line).replaceAll("(time)").strip().split("[\\s(),;]+", -1)));
    }

    private static boolean sameNumber(String expected, String actual) {
        try {
            double x = Double.parseDouble(expected);
            double y = Double.parseDouble(actual);
            return Math.abs(x - y) <= SAME * Math.abs(x) || (Math.abs(x) < TINY && Math.abs(y) < TINY);
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
