package dev.opencode4j.testkit.junit;

import dev.opencode4j.testkit.real.OpenCodeVersion;
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

    private static final String ONLY = "OPENCODE4J_VERSIONS";

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
        String[] named = annotation.map(EachRealVersion::value).orElseGet(() -> new String[0]);
        return versions(System.getenv(ONLY), named).stream();
    }

    /** Those that are named, or all; of these only the wanted ones, if any are wanted. */
    static List<OpenCodeVersion> versions(@Nullable String only, String... named) {
        Stream<OpenCodeVersion> all = named.length == 0
                ? OpenCodeVersion.certified().stream()
                : Arrays.stream(named).map(OpenCodeVersion::new);
        if (only == null || only.isBlank()) return all.toList();
        List<String> wanted =
                Arrays.stream(only.split(",", -1)).map(String::strip).toList();
        return all.filter(version -> wanted.contains(version.number())
                        || (wanted.contains("latest") && version.equals(OpenCodeVersion.latest())))
                .toList();
    }

    /** Where none of a test's versions is wanted, it does not run. */
    @Override
    public boolean mayReturnZeroClassTemplateInvocationContexts(ExtensionContext context) {
        return true;
    }

    @Override
    public boolean mayReturnZeroTestTemplateInvocationContexts(ExtensionContext context) {
        return true;
    }
}
