package io.github.collapse4j.cli;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the modules below know of one another, and the rooms of the command line. The packages of core have a test there. */
@AnalyzeClasses(packages = "io.github.collapse4j", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String IO = "io.github.collapse4j.io..";
    private static final String DJL = "io.github.collapse4j.djl..";
    private static final String CLI = "io.github.collapse4j.cli..";

    /** The doors of core that io may use: what a last layer is, where its features come from, what a hunt keeps, and proofs. */
    private static final String[] DOORS = {
        "io.github.collapse4j.data..",
        "io.github.collapse4j.lastlayer..",
        "io.github.collapse4j.linalg..",
        "io.github.collapse4j.hunt..",
        "io.github.collapse4j.proof.."
    };

    @ArchTest
    static final ArchRule IO_KNOWS_LITTLE_OF_CORE = classes()
            .that()
            .resideInAPackage(IO)
            .should()
            .onlyDependOnClassesThat(resideOutsideOfPackages("io.github.collapse4j..")
                    .or(resideInAnyPackage(IO))
                    .or(resideInAnyPackage(DOORS)));

    @ArchTest
    static final ArchRule CORE_KNOWS_NO_FILES = noClasses()
            .that()
            .resideOutsideOfPackages(CLI, IO, DJL, "io.github.collapse4j.testkit..", "io.github.collapse4j.report..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(IO, "java.nio.file..", "picocli..", "com.google.gson..");

    /** The engine takes its time to load and lies outside of the jar: commands that do not train must not touch it. */
    @ArchTest
    static final ArchRule ONLY_TRAINING_KNOWS_THE_ENGINE = noClasses()
            .that()
            .resideOutsideOfPackage(DJL)
            .and()
            .resideOutsideOfPackage("io.github.collapse4j.cli.train..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(DJL, "ai.djl..");

    /** What {@code --help} loads of the two commands that train. */
    @ArchTest
    static final ArchRule COMMANDS_LOAD_WITHOUT_THE_ENGINE = noClasses()
            .that()
            .haveSimpleName("TrainCommand")
            .or()
            .haveSimpleName("DemoCommand")
            .or()
            .haveSimpleName("RecipeOptions")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(DJL, "ai.djl..");

    /** Only commands print, and only where the command line was told to. */
    @ArchTest
    static final ArchRule IO_DOES_NOT_PRINT = noClasses()
            .that()
            .resideInAPackage(IO)
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    /** Commands share options and text, not each other; only the root knows them all. */
    @ArchTest
    static final ArchRule COMMANDS_ARE_APART = slices().matching("io.github.collapse4j.cli.(*)..")
            .namingSlices("$1")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(
                    alwaysTrue(),
                    resideInAnyPackage("io.github.collapse4j.cli.option..", "io.github.collapse4j.cli.text.."));

    @ArchTest
    static final ArchRule ONLY_THE_ROOT_KNOWS_ALL_COMMANDS = noClasses()
            .that()
            .resideInAPackage("io.github.collapse4j.cli.*..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.github.collapse4j.cli"));
}
