package dev.opencode4j.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses SERVER = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.opencode4j.server");

    @Test
    void thereIsSomethingToCheck() {
        assertThat(SERVER.size()).isGreaterThan(100);
        assertThat(SERVER.contain(ArchitectureTest.class)).isFalse();
    }

    @Test
    void packagesDependOnEachOtherInOneDirection() {
        slices().matching("dev.opencode4j.server.(**)")
                .should()
                .beFreeOfCycles()
                .check(SERVER);
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.opencode4j.server")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.opencode4j.server")
                .check(SERVER);
    }

    @Test
    void dataFlowsOneWayFromBytesToTurns() {
        noClasses()
                .that()
                .resideInAnyPackage("..internal.v1..", "..internal.stream..", "..internal.wire..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..internal.turn..")
                .check(SERVER);
    }

    @Test
    void serverStandsOnCoreTheJdkJacksonAndJSpecifyAlone() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.opencode4j.core..",
                        "dev.opencode4j.server..",
                        "java..",
                        "javax.net.ssl",
                        "tools.jackson..",
                        "org.jspecify.annotations")
                .check(SERVER);
    }

    @Test
    void onlyTheDialectAndTheClientParseJson() {
        noClasses()
                .that()
                .resideInAnyPackage("..internal.turn..", "..server.model..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("tools.jackson.core..", "tools.jackson.databind..")
                .check(SERVER);
    }
}
