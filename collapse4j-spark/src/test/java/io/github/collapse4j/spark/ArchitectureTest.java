package io.github.collapse4j.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The library depends on core and Spark; only the application depends on the command line. */
@AnalyzeClasses(packages = "io.github.collapse4j.spark", importOptions = DoNotIncludeTests.class)
@ArchTag("heavy")
class ArchitectureTest {
    /** The rules for columns of tables, in io.samples, are the same for every format. */
    @ArchTest
    static final ArchRule LIBRARY_KNOWS_NO_COMMAND_LINE = noClasses()
            .that()
            .resideInAPackage("io.github.collapse4j.spark")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.github.collapse4j.spark.app..",
                    "io.github.collapse4j.cli..",
                    "io.github.collapse4j.io",
                    "io.github.collapse4j.io.array..",
                    "io.github.collapse4j.io.csv..",
                    "io.github.collapse4j.io.file..",
                    "io.github.collapse4j.io.npy..",
                    "picocli..",
                    "com.google.gson..");

    @ArchTest
    static final ArchRule NOTHING_FROM_THE_PARQUET_MODULE =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("io.github.collapse4j.io.parquet..");
}
