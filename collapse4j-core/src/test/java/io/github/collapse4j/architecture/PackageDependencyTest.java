package io.github.collapse4j.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import org.junit.jupiter.api.Test;

class PackageDependencyTest {
    private static final String ROOT = "io.github.collapse4j.";

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.github.collapse4j");

    @Test
    void packagesDependInOneDirection() {
        Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("linalg")
                .definedBy(ROOT + "linalg")
                .layer("data")
                .definedBy(ROOT + "data")
                .layer("optim")
                .definedBy(ROOT + "optim")
                .layer("model")
                .definedBy(ROOT + "model")
                .layer("metrics")
                .definedBy(ROOT + "metrics")
                .layer("landscape")
                .definedBy(ROOT + "landscape")
                .layer("certificate")
                .definedBy(ROOT + "certificate")
                .layer("solve")
                .definedBy(ROOT + "solve")
                .layer("lastlayer")
                .definedBy(ROOT + "lastlayer")
                .layer("atlas")
                .definedBy(ROOT + "atlas")
                .layer("escape")
                .definedBy(ROOT + "escape")
                .layer("hunt")
                .definedBy(ROOT + "hunt")
                .layer("study")
                .definedBy(ROOT + "study")
                .whereLayer("linalg")
                .mayNotAccessAnyLayer()
                .whereLayer("data")
                .mayOnlyAccessLayers("linalg")
                .whereLayer("optim")
                .mayOnlyAccessLayers("linalg")
                .whereLayer("model")
                .mayOnlyAccessLayers("linalg", "optim")
                .whereLayer("metrics")
                .mayOnlyAccessLayers("linalg")
                .whereLayer("landscape")
                .mayOnlyAccessLayers("linalg", "optim", "model")
                .whereLayer("certificate")
                .mayOnlyAccessLayers("linalg", "optim", "model", "landscape")
                .whereLayer("solve")
                .mayOnlyAccessLayers("linalg", "optim", "model", "landscape", "certificate")
                .whereLayer("lastlayer")
                .mayOnlyAccessLayers("linalg", "optim", "model", "landscape", "certificate", "solve", "data")
                .whereLayer("atlas")
                .mayOnlyAccessLayers("linalg", "optim", "model", "landscape", "certificate", "solve")
                .whereLayer("escape")
                .mayOnlyAccessLayers("linalg", "optim", "model")
                .whereLayer("hunt")
                .mayOnlyAccessLayers("linalg", "optim", "model", "landscape", "certificate", "solve")
                .whereLayer("study")
                .mayNotBeAccessedByAnyLayer()
                .check(classes);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void coreKnowsNoFilesAndPrintsNothing() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.nio.channels..")
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(classes);
    }
}
