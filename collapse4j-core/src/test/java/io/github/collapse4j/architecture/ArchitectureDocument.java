package io.github.collapse4j.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The tables of docs/architecture.md. */
final class ArchitectureDocument {
    private static final Pattern NAME = Pattern.compile("`([\\w-]+)`");

    private ArchitectureDocument() {}

    /**
     * What uses what according to the table whose header begins with this word.
     *
     * @return the names in the column "uses" by the name in the first column, in the order of the rows
     */
    static Map<String, List<String>> uses(String table) {
        List<String> lines = lines().stream()
                .dropWhile(line -> !line.startsWith("| " + table + " |"))
                .takeWhile(line -> line.startsWith("|"))
                .toList();
        int column = Arrays.asList(cells(lines.get(0))).indexOf("uses");
        Map<String, List<String>> uses = new LinkedHashMap<>();
        for (String line : lines.subList(2, lines.size())) {
            String[] cells = cells(line);
            uses.put(names(cells[1]).get(0), names(cells[column]));
        }
        return uses;
    }

    private static String[] cells(String row) {
        return row.split(" *\\| *");
    }

    private static List<String> names(String cell) {
        return NAME.matcher(cell)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(SourceModule.REPOSITORY.resolve("docs/architecture.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
