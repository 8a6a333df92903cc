package io.github.collapse4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.collapse4j.testkit.GoldenBytes;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The public API of core, io, djl and report as it was when version 1.0.0 was made: nothing of it disappears or changes
 * within a major version (UPGRADING.md). What is new is added to the golden file, from {@code target/public-api.txt},
 * with the next minor version.
 */
class PublicApiTest {
    private static final Path REPOSITORY = Path.of("..");
    private static final Pattern INTERNAL = Pattern.compile("// Internal, [^:]*:([^.]*)\\.");

    @Test
    void nothingOfTheApiDisappears() throws IOException, ClassNotFoundException {
        Set<String> found = new TreeSet<>();
        for (String module : new String[] {"core", "io", "djl", "report"}) {
            collect(REPOSITORY.resolve("collapse4j-" + module), found);
        }
        Files.write(Path.of("target", "public-api.txt"), found);
        byte[] golden = GoldenBytes.load(PublicApiTest.class, "/golden/public-api.txt");
        Set<String> missing = Arrays.stream(new String(golden, StandardCharsets.UTF_8).split("\n"))
                .collect(Collectors.toCollection(TreeSet::new));
        missing.removeAll(found);
        assertEquals("", String.join("\n", missing));
    }

    private static void collect(Path module, Set<String> found) throws IOException, ClassNotFoundException {
        Path classes = module.resolve("target/classes");
        ModuleDescriptor descriptor;
        try (InputStream in = Files.newInputStream(classes.resolve("module-info.class"))) {
            descriptor = ModuleDescriptor.read(in);
        }
        Set<String> internal = INTERNAL.matcher(Files.readString(module.resolve("src/main/java/module-info.java")))
                .results()
                .flatMap(types ->
                        Arrays.stream(types.group(1).replaceAll("[\\s/]", "").split(",")))
                .collect(Collectors.toSet());
        for (ModuleDescriptor.Exports export : descriptor.exports()) {
            if (export.isQualified()) {
                continue;
            }
            try (Stream<Path> files = Files.list(classes.resolve(export.source().replace('.', '/')))) {
                for (Path file : files.toList()) {
                    String name = file.getFileName().toString().replace(".class", "");
                    if (file.toString().endsWith(".class") && !internal.contains(name.replaceAll("\\$.*", ""))) {
                        collect(
                                Class.forName(
                                        export.source() + "." + name, false, PublicApiTest.class.getClassLoader()),
                                found);
                    }
                }
            }
        }
    }

    private static void collect(Class<?> type, Set<String> found) {
        for (Class<?> outer = type; outer != null; outer = outer.getEnclosingClass()) {
            if (!isSeen(outer.getModifiers()) || outer.isAnonymousClass() || outer.isLocalClass()) {
                return;
            }
        }
        found.add(type.toGenericString().replaceAll("(abstract |static |final |sealed |non-sealed |strictfp )", ""));
        for (Field field : type.getDeclaredFields()) {
            if (isSeen(field.getModifiers())) {
                found.add(field.toGenericString());
            }
        }
        Stream.concat(Arrays.stream(type.getDeclaredConstructors()), Arrays.stream(type.getDeclaredMethods()))
                .filter(member -> isSeen(member.getModifiers()) && !member.isSynthetic())
                .map(PublicApiTest::signature)
                .forEach(found::add);
    }

    /** Without modifiers that may change: another class may implement a method, or close it to overriding. */
    private static String signature(Executable member) {
        String text = member instanceof Constructor<?> ? "new " + member.toGenericString() : member.toGenericString();
        return text.replaceAll("\\b(abstract|default|final|native|synchronized|strictfp) ", "");
    }

    private static boolean isSeen(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }
}
