package dev.opencode4j.zen;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses ZEN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.opencode4j.zen");

    @Test
    void thereIsSomethingToCheck() {
        assertThat(ZEN.size()).isGreaterThan(40);
        assertThat(ZEN.contain(ArchitectureTest.class)).isFalse();
    }

    @Test
    void packagesDependOnEachOtherInOneDirection() {
        slices().matching("dev.opencode4j.zen.(**)").should().beFreeOfCycles().check(ZEN);
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.opencode4j.zen")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.opencode4j.zen")
                .check(ZEN);
    }

    @Test
    void zenStandsOnCoreTheJdkAndTwoLibrariesAlone() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.opencode4j.core..",
                        "dev.opencode4j.zen..",
                        "java..",
                        "javax.net.ssl",
                        "tools.jackson..",
                        "org.jspecify.annotations",
                        "dev.harrel.jsonschema")
                .check(ZEN);
    }

    @Test
    void theNetworkKnowsNothingOfWhatIsSaid() {
        classes()
                .that()
                .resideInAPackage("..internal.net..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.opencode4j.zen.internal.net..",
                        "dev.opencode4j.core.work",
                        "java..",
                        "javax.net.ssl",
                        "org.jspecify.annotations")
                .check(ZEN);
    }

    @Test
    void theSchemaLibraryStaysInItsPackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..internal.schema..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.harrel..")
                .check(ZEN);
    }
}
