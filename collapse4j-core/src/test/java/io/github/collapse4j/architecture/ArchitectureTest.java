package io.github.collapse4j.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.github.collapse4j.model.MultiStart;
import io.github.collapse4j.solve.GlobalSolver;
import io.github.collapse4j.solve.TwinBracketing;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The direction of dependencies between the packages of core, and what mathematics must not know. */
class ArchitectureTest {
    private static final String ROOT = "io.github.collapse4j.";

    /** Each package with those it may use; what is not listed may not be used. */
    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            Map.entry("linalg", List.of()),
            Map.entry("proof", List.of()),
            Map.entry("data", List.of("linalg")),
            Map.entry("optim", List.of("linalg")),
            Map.entry("stats", List.of("linalg", "data")),
            Map.entry("metrics", List.of("linalg", "stats")),
            Map.entry("measure", List.of("linalg", "data", "stats", "metrics")),
            Map.entry("model", List.of("linalg", "optim")),
            Map.entry("curvature", List.of("linalg", "optim", "model")),
            Map.entry("certificate", List.of("linalg", "optim", "model", "curvature")),
            Map.entry("solve", List.of("linalg", "optim", "model", "curvature", "certificate")),
            Map.entry("prover", List.of("linalg", "optim", "model", "curvature", "certificate", "solve", "proof")),
            Map.entry("hunt", List.of("linalg", "optim", "model", "curvature", "certificate", "solve")),
            Map.entry("lastlayer", List.of("linalg", "data", "optim", "model", "curvature", "certificate", "solve")),
            Map.entry(
                    "landscape",
                    List.of(
                            "linalg",
                            "data",
                            "stats",
                            "optim",
                            "metrics",
                            "model",
                            "curvature",
                            "certificate",
                            "solve",
                            "hunt")));

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("collapse4j-testkit"))
            .importPackages("io.github.collapse4j");

    static Stream<String> packages() {
        return MAY_USE.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void usesOnlyWhatLiesBelow(String name) {
        List<String> forbidden = new ArrayList<>();
        for (String other : MAY_USE.keySet()) {
            if (!other.equals(name) && !MAY_USE.getOrDefault(name, List.of()).contains(other)) {
                forbidden.add(ROOT + other + "..");
            }
        }
        forbidden.add(ROOT + "testkit..");
        noClasses()
                .that()
                .resideInAPackage(ROOT + name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden.toArray(String[]::new))
                .because("the packages build on one another in one direction")
                .check(CORE);
    }

    @Test
    void noCycles() {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CORE);
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
