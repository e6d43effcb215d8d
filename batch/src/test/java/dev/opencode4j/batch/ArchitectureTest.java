package dev.opencode4j.batch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses BATCH = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.opencode4j.batch");

    @Test
    void thereIsSomethingToCheck() {
        assertThat(BATCH.size()).isGreaterThan(20);
    }

    @Test
    void itStandsOnCoreAlone() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.opencode4j.batch..",
                        "dev.opencode4j.core..",
                        "java..",
                        "tools.jackson..",
                        "org.jspecify.annotations")
                .check(BATCH);
    }

    @Test
    void itsPackagesDependOnEachOtherInOneDirection() {
        slices().matching("dev.opencode4j.batch.internal.(*)")
                .should()
                .beFreeOfCycles()
                .check(BATCH);
    }
}
