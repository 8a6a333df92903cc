package io.github.collapse4j.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.github.collapse4j.model.MultiStart;
import io.github.collapse4j.solve.GlobalSolver;
import io.github.collapse4j.solve.TwinBracketing;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The direction of dependencies between the packages of core, and what mathematics must not know. */
@Tag("heavy")
class ArchitectureTest {
    private static final String ROOT = "io.github.collapse4j.";

    /** Each package with those it may use, and only these; the document is the rule. */
    private static final Map<String, List<String>> MAY_USE = ArchitectureDocument.uses("package");

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("collapse4j-testkit"))
            .importPackages("io.github.collapse4j");

    static Set<String> packages() {
        return MAY_USE.keySet();
    }

    @Test
    void theDocumentNamesEveryPackage() {
        Set<String> found =
                CORE.stream().map(ArchitectureTest::packageOf).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(found, new TreeSet<>(MAY_USE.keySet()));
    }

    @Test
    void theDocumentHasPackagesBelowThoseTheyUse() {
        List<String> order = List.copyOf(MAY_USE.keySet());
        MAY_USE.forEach((name, uses) -> assertEquals(
                List.of(),
                uses.stream()
                        .filter(other -> order.indexOf(other) >= order.indexOf(name))
                        .toList(),
                name));
    }

    @ParameterizedTest
    @MethodSource("packages")
    void usesWhatTheDocumentSaysAndNothingElse(String name) {
        List<String> uses = MAY_USE.getOrDefault(name, List.of());
        String[] forbidden = packages().stream()
                .filter(other -> !other.equals(name) && !uses.contains(other))
                .map(other -> ROOT + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(ROOT + name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .because("the packages build on one another in one direction")
                .check(CORE);

        Set<String> used = CORE.stream()
                .filter(type -> packageOf(type).equals(name))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency -> packageOf(dependency.getTargetClass()))
                .collect(Collectors.toSet());
        assertEquals(
                List.of(),
                uses.stream().filter(other -> !used.contains(other)).toList(),
                "docs/architecture.md says that " + name + " uses these, but it does not");
    }

    private static String packageOf(JavaClass type) {
        String home = type.getPackageName();
        return home.startsWith(ROOT) ? home.substring(ROOT.length()).replaceFirst("\\..*", "") : "";
    }

    @Test
    void mathematicsReadsAndWritesNoFiles() {
        ArchRule rule = noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("java.io..")
                        .and(not(type(UncheckedIOException.class)))
                        .and(not(type(Serializable.class)))
                        .or(resideInAPackage("java.nio.."))
                        .and(not(resideInAPackage("java.nio.charset")))
                        .and(not(resideInAPackage("java.nio"))))
                .because("files are the business of collapse4j-io");
        rule.check(CORE);
    }

    @Test
    void mathematicsPrintsNothing() {
        noClasses().should(ACCESS_STANDARD_STREAMS).check(CORE);
    }

    @Test
    void onlyLinearAlgebraKnowsTheNativeLibraryAndEjml() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "linalg..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.bytedeco..", "org.ejml..")
                .check(CORE);
    }

    /** A certificate needs a bound: random starts, which once took minutes below the rank of the optimum, give none. */
    @Test
    void certificatesOfLayersSearchNothing() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "lastlayer..")
                .or(type(TwinBracketing.class))
                .should()
                .dependOnClassesThat(type(MultiStart.class).or(type(GlobalSolver.class)))
                .check(CORE);
    }
}
