package dev.opencode4j.core;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.opencode4j.core");

    private static final DescribedPredicate<JavaClass> IO = resideInAnyPackage(
                    "java.net..", "java.io..", "java.nio.file..", "java.nio.channels..", "java.sql..", "javax.net..")
            .and(DescribedPredicate.not(
                    type(URI.class).or(type(URISyntaxException.class)).or(type(Serializable.class))));

    @Test
    void thereIsSomethingToCheck() {
        assertThat(CORE.size()).isGreaterThan(50);
        assertThat(CORE.contain(ArchitectureTest.class)).isFalse();
    }

    @Test
    void packagesDependOnEachOtherInOneDirection() {
        slices().matching("dev.opencode4j.core.(**)").should().beFreeOfCycles().check(CORE);
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.opencode4j.core", "dev.opencode4j.core.work")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.opencode4j.core")
                .check(CORE);
    }

    @Test
    void bytesAndFramesKnowNothingOfTurns() {
        classes()
                .that()
                .resideInAnyPackage("..core.bytes..", "..core.sse..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("..core.bytes..", "..core.sse..", "java..", "org.jspecify.annotations")
                .check(CORE);
    }

    @Test
    void coreDoesNoInputOrOutput() {
        noClasses().should().dependOnClassesThat(IO).check(CORE);
    }

    @Test
    void coreStandsOnTheJdkJacksonAndJSpecifyAlone() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.opencode4j.core..",
                        "java..",
                        "tools.jackson..",
                        "com.fasterxml.jackson.annotation",
                        "org.jspecify.annotations")
                .check(CORE);
    }

    @Test
    void everyPublicTypeSaysWhatMayBeNull() {
        classes()
                .that()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .should(ArchCondition.from(describe(
                        "in a package that is @NullMarked",
                        (JavaClass type) -> type.getPackage().isAnnotatedWith(NullMarked.class))))
                .check(CORE);
    }
}
