package io.github.collapse4j.io.samples;

import io.github.collapse4j.io.ArrayLocation;
import io.github.collapse4j.io.FileName;
import io.github.collapse4j.io.InputException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Expands lists and patterns of files, such as {@code a.npy,b.npy} or {@code part-*.npy}. Matches of a pattern are in
 * natural order, {@code part-2} before {@code part-10}; a list keeps its order.
 */
public final class Locations {
    private static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");
    private static final Pattern CHUNK = Pattern.compile("\\d+|\\D+");

    private Locations() {}

    /**
     * Lists the files.
     *
     * @return at least one location, each perhaps followed by {@code :array}
     * @throws InputException if a pattern matches nothing
     */
    public static List<String> of(String text) throws IOException {
        List<String> locations = new ArrayList<>();
        for (String item : split(text)) {
            if (item.isEmpty()) {
                throw new InputException("'" + text + "': expected file names between commas, found none");
            }
            if (WILDCARD.matcher(item).find() && !isFile(item)) {
                locations.addAll(matches(item));
            } else {
                locations.add(item);
            }
        }
        return locations;
    }

    /** Whether a file of exactly this name exists, ignoring a trailing {@code :array}. */
    private static boolean isFile(String item) {
        return FileName.exists(ArrayLocation.parse(item).file());
    }

    /** Splits a list at its commas, except those in braces and those in the name of an existing file or folder. */
    public static List<String> split(String text) {
        return split(text, Locations::isThere);
    }

    /** Splits a list likewise, where {@code isThere} decides which items exist. */
    public static List<String> split(String text, Predicate<String> isThere) {
        List<String> parts = commaSeparated(text);
        boolean endsInAFile =
                text.lastIndexOf(',') < ArrayLocation.parse(text).file().length();
        if (parts.size() > 1 && endsInAFile && isThere.test(text)) {
            return List.of(text);
        }
        List<String> items = new ArrayList<>();
        for (int i = 0; i < parts.size(); ) {
            int end = i + 1;
            for (int j = i + 2; j <= parts.size() && !isThere.test(parts.get(i)); j++) {
                if (isThere.test(String.join(",", parts.subList(i, j)))) {
                    end = j;
                    break;
                }
            }
            items.add(String.join(",", parts.subList(i, end)));
            i = end;
        }
        return items;
    }

    /** {@return whether a file of that name, or one that matches it, exists} */
    public static boolean isThere(String item) {
        if (isFile(item)) {
            return true;
        }
        try {
            return WILDCARD.matcher(item).find() && !matches(item).isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    /** Splits at the commas outside braces. */
    private static List<String> commaSeparated(String text) {
        List<String> items = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (c == ',' && depth <= 0) {
                items.add(text.substring(start, i));
                start = i + 1;
            }
        }
        items.add(text.substring(start));
        return items;
    }

    private static List<String> matches(String pattern) throws IOException {
        ArrayLocation inside = ArrayLocation.parse(pattern);
        String files = inside.file();
        String array = pattern.substring(files.length());
        List<Path> found = new ArrayList<>();
        Path path = FileName.path(files);
        Path root = path.getRoot();
        found.add(root == null ? Path.of("") : root);
        for (Path component : path) {
            List<Path> deeper = new ArrayList<>();
            for (Path directory : found) {
                deeper.addAll(children(directory, component.toString(), pattern));
            }
            found = deeper;
        }
        if (found.isEmpty()) {
            throw new InputException(pattern + ": no such file");
        }
        return found.stream()
                .map(Path::toString)
                .sorted(naturalOrder())
                .map(file -> file + array)
                .toList();
    }

    private static List<Path> children(Path directory, String name, String pattern) throws IOException {
        if (!WILDCARD.matcher(name).find()) {
            Path child = directory.resolve(name);
            return Files.exists(child) ? List.of(child) : List.of();
        }
        List<Path> children = new ArrayList<>();
        Path listed = directory.toString().isEmpty() ? Path.of(".") : directory;
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(listed, name)) {
            stream.forEach(child -> children.add(directory.resolve(child.getFileName())));
        } catch (NotDirectoryException e) {
            return List.of();
        } catch (PatternSyntaxException e) {
            throw new InputException(pattern + ": expected a pattern of file names, found " + e.getDescription());
        }
        return children;
    }

    /** Compares runs of digits as numbers. */
    public static Comparator<String> naturalOrder() {
        return Locations::compareNaturally;
    }

    private static int compareNaturally(String a, String b) {
        Matcher left = CHUNK.matcher(a);
        Matcher right = CHUNK.matcher(b);
        while (true) {
            boolean more = left.find();
            if (!right.find()) {
                return more ? 1 : a.compareTo(b);
            }
            if (!more) {
                return -1;
            }
            int order = compareChunks(left.group(), right.group());
            if (order != 0) {
                return order;
            }
        }
    }

    private static int compareChunks(String a, String b) {
        if (!Character.isDigit(a.charAt(0)) || !Character.isDigit(b.charAt(0))) {
            return a.compareTo(b);
        }
        String x = a.replaceFirst("^0+", "");
        String y = b.replaceFirst("^0+", "");
        return x.length() != y.length() ? Integer.compare(x.length(), y.length()) : x.compareTo(y);
    }
}
