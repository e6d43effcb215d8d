package dev.opencode4j.testkit.junit;

import dev.opencode4j.testkit.real.OpenCodeVersion;
import dev.opencode4j.testkit.real.VersionRange;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Turns an annotated method or class into one run for each version. */
final class RealVersionsExtension
        implements TestTemplateInvocationContextProvider, ClassTemplateInvocationContextProvider {

    private static final String VERSIONS = "OPENCODE4J_VERSIONS";

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return annotation(context.getTestMethod()).isPresent();
    }

    @Override
    public Stream<? extends TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
            ExtensionContext context) {
        return versions(annotation(context.getTestMethod())).map(RealVersionRun::new);
    }

    @Override
    public boolean supportsClassTemplate(ExtensionContext context) {
        return annotation(context.getTestClass()).isPresent();
    }

    @Override
    public Stream<? extends ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(
            ExtensionContext context) {
        return versions(annotation(context.getTestClass())).map(RealVersionRun::new);
    }

    private static Optional<EachRealVersion> annotation(Optional<? extends AnnotatedElement> element) {
        return element.flatMap(found -> AnnotationSupport.findAnnotation(found, EachRealVersion.class));
    }

    private static Stream<OpenCodeVersion> versions(Optional<EachRealVersion> annotation) {
        List<OpenCodeVersion> candidates = candidates(System.getenv(VERSIONS));
        return annotation.map(wanted -> selected(candidates, wanted)).orElse(candidates).stream();
    }

    /** The versions that are named, or the certified ones; from old to new. */
    static List<OpenCodeVersion> candidates(@Nullable String named) {
        if (named == null || named.isBlank()) return OpenCodeVersion.certified();
        return Arrays.stream(named.split(",", -1))
                .map(String::strip)
                .map(name -> name.equals("latest") ? OpenCodeVersion.latest() : new OpenCodeVersion(name))
                .distinct()
                .sorted()
                .toList();
    }

    /** Those of the versions that a test wants. */
    static List<OpenCodeVersion> selected(List<OpenCodeVersion> candidates, EachRealVersion wanted) {
        List<VersionRange> ranges =
                Arrays.stream(wanted.value()).map(VersionRange::parse).toList();
        List<OpenCodeVersion> selected = candidates.stream()
                .filter(version -> ranges.isEmpty() || ranges.stream().anyMatch(range -> range.includes(version)))
                .toList();
        return wanted.newestOnly() && !selected.isEmpty() ? List.of(selected.get(selected.size() - 1)) : selected;
    }

    /** Where a test wants none of the versions, it does not run. */
    @Override
    public boolean mayReturnZeroClassTemplateInvocationContexts(ExtensionContext context) {
        return true;
    }

    @Override
    public boolean mayReturnZeroTestTemplateInvocationContexts(ExtensionContext context) {
        return true;
    }
}
