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
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Rules for the modules below and for the packages of the command line. The packages of core have their own test. */
@AnalyzeClasses(packages = "io.github.collapse4j", importOptions = DoNotIncludeTests.class)
@ArchTag("heavy")
class ArchitectureTest {
    private static final String IO = "io.github.collapse4j.io..";
    private static final String DJL = "io.github.collapse4j.djl..";

    /** The types of core that io may use: a last layer and its loss, sources of features, records of a hunt, and proofs. */
    private static final String[] DOORS = {
        "io.github.collapse4j.data..",
        "io.github.collapse4j.lastlayer..",
        "io.github.collapse4j.linalg..",
        "io.github.collapse4j.measure..",
        "io.github.collapse4j.model..",
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

    /** What training measures and certifies with; searches and their methods are no business of a listener. */
    @ArchTest
    static final ArchRule TRAINING_ASKS_CORE_FOR_RESULTS = noClasses()
            .that()
            .resideInAPackage(DJL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.github.collapse4j.optim..",
                    "io.github.collapse4j.curvature..",
                    "io.github.collapse4j.metrics..");

    /** Pages are text: the command that was asked for one writes it. */
    @ArchTest
    static final ArchRule PAGES_WRITE_NO_FILES = noClasses()
            .that()
            .resideInAPackage("io.github.collapse4j.report..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.File");

    /** The engine is slow to load and not part of the jar: commands that do not train must not touch it. */
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
            .or()
            .haveSimpleName("MonitoringOptions")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(DJL, "ai.djl..");

    /** Only commands print, and only to the writers of the command line. */
    @ArchTest
    static final ArchRule IO_DOES_NOT_PRINT = noClasses()
            .that()
            .resideInAPackage(IO)
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    /** Commands share options and text, but not each other; only the root knows all of them. */
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
