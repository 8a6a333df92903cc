package io.github.collapse4j.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

/** The packages of java.base that Spark needs opened are written down twice beside Spark's own list. */
class ModuleFlagsTest {
    private static final Pattern OPENED = Pattern.compile("--add-opens=java\\.base/([\\w.]+)=ALL-UNNAMED");

    private static Set<String> opened(String flags) {
        return OPENED.matcher(flags)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void testsRunWithSparksList() {
        String flags = String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments());
        assertEquals(opened(JavaModuleOptions.defaultModuleOptions()), opened(flags), "spark.jvm.flags in pom.xml");
    }

    @Test
    void theLauncherHasSparksList() throws IOException {
        Matcher list =
                Pattern.compile("for package in ([^;]+); do").matcher(Files.readString(Path.of("..", "collapse4j")));
        assertTrue(list.find());
        Set<String> packages = new TreeSet<>(
                Arrays.asList(list.group(1).replace("\\\n", " ").trim().split("\\s+")));
        assertEquals(opened(JavaModuleOptions.defaultModuleOptions()), packages);
    }
}
