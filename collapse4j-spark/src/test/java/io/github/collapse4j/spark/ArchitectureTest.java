package io.github.collapse4j.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The library knows core and Spark; only the application knows the command line. */
@AnalyzeClasses(packages = "io.github.collapse4j.spark", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule LIBRARY_KNOWS_NO_COMMAND_LINE = noClasses()
            .that()
            .resideInAPackage("io.github.collapse4j.spark")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.github.collapse4j.spark.app..",
                    "io.github.collapse4j.cli..",
                    "io.github.collapse4j.io..",
                    "picocli..",
                    "com.google.gson..");

    @ArchTest
    static final ArchRule NOTHING_FROM_THE_PARQUET_MODULE =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("io.github.collapse4j.io.parquet..");
}
