package io.github.collapse4j.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A published module of this repository, read from its main sources. Packages and types go by their names without
 * {@value #ROOT}.
 *
 * @param name its folder without "collapse4j-"
 * @param publicTypes its public top-level types
 * @param imports of each of its packages, the types in other packages of ours that it imports
 * @param descriptor the text of its module-info.java, empty if it has none
 */
record SourceModule(String name, Set<String> publicTypes, Map<String, Set<String>> imports, String descriptor) {
    static final Path REPOSITORY = Path.of("..");
    private static final String ROOT = "io.github.collapse4j.";

    /** Never on the class path of a user. */
    private static final Set<String> UNPUBLISHED = Set.of("benchmarks", "testkit");

    private static final Pattern IMPORT =
            Pattern.compile("^import (?:static )?io\\.github\\.collapse4j\\.([a-z.]+\\.[A-Z]\\w*)", Pattern.MULTILINE);
    private static final Pattern PACKAGE =
            Pattern.compile("^package io\\.github\\.collapse4j\\.([a-z.]+);", Pattern.MULTILINE);
    private static final Pattern PUBLIC_TYPE = Pattern.compile(
            "^public (?:(?:abstract|final|sealed|non-sealed) )*(?:class|interface|record|enum|@interface) (\\w+)",
            Pattern.MULTILINE);
    private static final Pattern EXPORT = Pattern.compile(
            "((?:^ *//.*\n)*) *exports io\\.github\\.collapse4j\\.([a-z.]+)(?: to([^;]*))?;", Pattern.MULTILINE);
    private static final Pattern PROVIDED = Pattern.compile(" with\\s+(\\w+)");

    static List<SourceModule> published() {
        try (Stream<Path> folders = Files.list(REPOSITORY)) {
            return folders.filter(folder -> Files.isDirectory(folder.resolve("src/main/java")))
                    .filter(folder -> !UNPUBLISHED.contains(nameOf(folder)))
                    .sorted()
                    .map(SourceModule::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String nameOf(Path folder) {
        return folder.getFileName().toString().replace("collapse4j-", "");
    }

    private static SourceModule read(Path folder) {
        Path sources = folder.resolve("src/main/java");
        Set<String> publicTypes = new TreeSet<>();
        Map<String, Set<String>> imports = new TreeMap<>();
        String descriptor = "";
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                String text = Files.readString(file);
                if (file.endsWith("module-info.java")) {
                    descriptor = text;
                    continue;
                }
                String home = names(PACKAGE, text).findFirst().orElseThrow();
                names(PUBLIC_TYPE, text).forEach(type -> publicTypes.add(home + "." + type));
                imports.computeIfAbsent(home, key -> new TreeSet<>())
                        .addAll(names(IMPORT, text)
                                .filter(type -> !packageOf(type).equals(home))
                                .toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SourceModule(nameOf(folder), publicTypes, imports, descriptor);
    }

    private static Stream<String> names(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1));
    }

    static String packageOf(String type) {
        return type.substring(0, type.lastIndexOf('.'));
    }

    boolean hasDescriptor() {
        return !descriptor.isEmpty();
    }

    /** Whether anyone may use it; the command line serves only the application on a cluster. */
    boolean isLibrary() {
        return exports().stream().anyMatch(export -> export.to().isEmpty());
    }

    /** What any of its packages imports from another one. */
    Set<String> allImports() {
        return imports.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    }

    Set<String> publicTypesIn(Predicate<String> packages) {
        return publicTypes.stream()
                .filter(type -> packages.test(packageOf(type)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The implementations of services, which have to be public. */
    Set<String> provided() {
        return names(PROVIDED, descriptor).collect(Collectors.toSet());
    }

    /** What the descriptor names as API beyond what other modules use. */
    Set<String> api() {
        return exports().stream().flatMap(export -> export.api().stream()).collect(Collectors.toSet());
    }

    /** What the descriptor names as public for other packages of the module alone. */
    Set<String> internal() {
        return exports().stream().flatMap(export -> export.internal().stream()).collect(Collectors.toSet());
    }

    List<Export> exports() {
        return EXPORT.matcher(descriptor).results().map(Export::of).toList();
    }

    /**
     * A package that other modules see.
     *
     * @param home the package
     * @param to the modules that see it, empty if all do
     * @param api types that the comment above names as API
     * @param internal types that the comment above names as internal
     */
    record Export(String home, Set<String> to, Set<String> api, Set<String> internal) {
        private static final String LIST = "[^:.]*: ([\\w, ]+)\\.";

        private static Export of(MatchResult found) {
            String home = found.group(2);
            String comment = found.group(1).replaceAll("\\s*//\\s*", " ");
            return new Export(
                    home,
                    found.group(3) == null ? Set.of() : list(found.group(3).replace(ROOT, ""), ""),
                    listed(Pattern.compile("API" + LIST), comment, home),
                    listed(Pattern.compile("Internal" + LIST), comment, home));
        }

        private static Set<String> listed(Pattern pattern, String comment, String home) {
            return names(pattern, comment)
                    .flatMap(names -> list(names, home + ".").stream())
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        private static Set<String> list(String names, String prefix) {
            return Arrays.stream(names.split(","))
                    .map(name -> prefix + name.strip())
                    .collect(Collectors.toSet());
        }

        boolean isSeenBy(SourceModule module) {
            return to.isEmpty() || to.contains(module.name());
        }
    }
}
