package dev.opencode4j.testkit.junit;

import dev.opencode4j.testkit.real.OpenCodeVersion;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Turns an annotated method or class into one run for each version. */
final class RealVersionsExtension
        implements TestTemplateInvocationContextProvider, ClassTemplateInvocationContextProvider {

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
        return versions(annotation.map(EachRealVersion::value).orElseGet(() -> new String[0])).stream();
    }

    static List<OpenCodeVersion> versions(String... named) {
        return named.length == 0
                ? OpenCodeVersion.certified()
                : Arrays.stream(named).map(OpenCodeVersion::new).toList();
    }
}
