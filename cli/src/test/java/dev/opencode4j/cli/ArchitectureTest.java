package dev.opencode4j.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLI = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.opencode4j.cli");

    @Test
    void thereIsSomethingToCheck() {
        assertThat(CLI.size()).isGreaterThan(20);
        assertThat(CLI.contain(ArchitectureTest.class)).isFalse();
    }

    @Test
    void packagesDependOnEachOtherInOneDirection() {
        slices().matching("dev.opencode4j.cli.(**)").should().beFreeOfCycles().check(CLI);
        noClasses()
                .that()
                .resideInAPackage("dev.opencode4j.cli.internal..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.opencode4j.cli")
                .check(CLI);
    }

    @Test
    void cliStandsOnCoreTheServersWireAndLauncherTheJdkJacksonAndJSpecifyAlone() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.opencode4j.core..",
                        "dev.opencode4j.cli..",
                        "dev.opencode4j.server.internal.launch",
                        "dev.opencode4j.server.internal.turn",
                        "dev.opencode4j.server.internal.v1",
                        "dev.opencode4j.server.internal.wire",
                        "dev.opencode4j.server.model",
                        "java..",
                        "tools.jackson..",
                        "org.jspecify.annotations")
                .check(CLI);
    }

    @Test
    void noConnectionIsOpened() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net.http", "dev.opencode4j.server.internal.http")
                .check(CLI);
    }
}
