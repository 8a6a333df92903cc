package io.github.collapse4j.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every module sees what it needs of the others, and what is public is needed: by another module, as API that its
 * module-info.java names, or by another package of its own. The compiler holds the modules to what is exported that have a
 * descriptor; those on the class path are held to it here.
 */
class ModuleDescriptorTest {
    private static final List<SourceModule> MODULES = SourceModule.published();

    private static final Pattern DEPENDENCY = Pattern.compile("<dependency>.*?</dependency>", Pattern.DOTALL);

    static Stream<SourceModule> described() {
        return MODULES.stream().filter(SourceModule::hasDescriptor);
    }

    static Stream<SourceModule> libraries() {
        return described().filter(SourceModule::isLibrary);
    }

    static Stream<SourceModule> all() {
        return MODULES.stream();
    }

    @Test
    void theMathematicsAndItsReadersHaveDescriptors() {
        assertEquals(
                Set.of("cli", "core", "djl", "io", "onnx", "report"),
                described().map(SourceModule::name).collect(Collectors.toSet()));
    }

    @Test
    void theDocumentSaysWhichModulesUseWhich() throws IOException {
        Map<String, Set<String>> documented = new TreeMap<>();
        ArchitectureDocument.uses("module").forEach((module, uses) -> documented.put(module, new TreeSet<>(uses)));
        Map<String, Set<String>> found = new TreeMap<>();
        try (Stream<Path> folders = Files.list(SourceModule.REPOSITORY)) {
            for (Path folder : folders.filter(f -> Files.exists(f.resolve("src/main/java")))
                    .toList()) {
                found.put(folder.getFileName().toString(), dependencies(folder.resolve("pom.xml")));
            }
        }
        assertEquals(found, documented);
    }

    /** The modules of ours that a POM names outside of tests. */
    private static Set<String> dependencies(Path pom) throws IOException {
        return DEPENDENCY
                .matcher(Files.readString(pom))
                .results()
                .map(MatchResult::group)
                .filter(dependency -> !dependency.contains("<scope>test</scope>"))
                .map(dependency -> dependency.replaceAll("(?s).*?<artifactId>collapse4j-(\\w+)<.*", "$1"))
                .filter(dependency -> !dependency.contains("<"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @MethodSource("all")
    void usesOnlyWhatIsExportedToIt(SourceModule module) {
        Set<String> hidden = new TreeSet<>(module.allImports());
        hidden.removeAll(module.publicTypes());
        for (SourceModule other : MODULES) {
            hidden.removeAll(other.hasDescriptor() ? other.publicTypesIn(seenBy(module, other)) : other.publicTypes());
        }
        assertNone(hidden, module.name() + " imports what no other module exports to it");
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void exportedTypesAreUsedElsewhereOrNamed(SourceModule module) {
        Set<String> unused = module.publicTypesIn(exported(module));
        unused.removeAll(usedByOthers(module));
        unused.removeAll(module.api());
        unused.removeAll(module.internal());
        assertNone(unused, "public, but no other module imports it and module-info.java does not name it");
    }

    @ParameterizedTest
    @MethodSource("described")
    void hiddenTypesAreSharedByPackagesOrServices(SourceModule module) {
        Set<String> unused =
                module.publicTypesIn(module.isLibrary() ? exported(module).negate() : home -> true);
        unused.removeAll(usedByOthers(module));
        unused.removeAll(module.allImports());
        unused.removeIf(type -> module.provided().contains(type.substring(type.lastIndexOf('.') + 1)));
        assertNone(unused, "public, but only its own package uses it");
    }

    @ParameterizedTest
    @MethodSource("described")
    void namesInTheDescriptorAreTrue(SourceModule module) {
        Set<String> named = new TreeSet<>(module.api());
        named.addAll(module.internal());
        named.removeAll(module.publicTypesIn(exported(module)));
        assertNone(named, "named in module-info.java, but no public type of that package");

        Set<String> leaked = new TreeSet<>(module.internal());
        leaked.retainAll(usedByOthers(module));
        assertNone(leaked, "internal, says module-info.java, but another module imports it");

        Set<String> idle = new TreeSet<>(module.internal());
        idle.removeAll(module.allImports());
        assertNone(idle, "internal, says module-info.java, but no other package of the module imports it");
    }

    private static Predicate<String> exported(SourceModule module) {
        return home ->
                module.exports().stream().anyMatch(export -> export.home().equals(home));
    }

    private static Predicate<String> seenBy(SourceModule module, SourceModule other) {
        return home ->
                other.exports().stream().anyMatch(export -> export.home().equals(home) && export.isSeenBy(module));
    }

    private static Set<String> usedByOthers(SourceModule module) {
        return MODULES.stream()
                .filter(other -> !other.equals(module))
                .flatMap(other -> other.allImports().stream())
                .collect(Collectors.toSet());
    }

    private static void assertNone(Collection<String> types, String complaint) {
        assertEquals(List.of(), List.copyOf(types), complaint);
    }
}
