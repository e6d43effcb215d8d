package dev.opencode4j.testkit.junit;

import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.real.OpenCodeVersion;
import dev.opencode4j.testkit.real.RealOpenCode;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.BeforeClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/** One run of a test, or of the tests of a class, with one version. */
record RealVersionRun(OpenCodeVersion version)
        implements TestTemplateInvocationContext,
                ClassTemplateInvocationContext,
                BeforeClassTemplateInvocationCallback,
                BeforeEachCallback,
                ParameterResolver {

    private static final Set<Class<?>> PARAMETERS =
            Set.of(RealOpenCode.class, ScriptedModel.class, OpenCodeVersion.class);

    @Override
    public String getDisplayName(int invocation) {
        return "OpenCode " + version;
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
        return List.of(this);
    }

    // Both kinds of context have a default for this, and neither is needed.
    @Override
    public void prepareInvocation(ExtensionContext context) {}

    // Before a class (and its constructor) or a method, because here an aborted assumption is one; in
    // resolveParameter JUnit would make a failure of it.
    @Override
    public void beforeClassTemplateInvocation(ExtensionContext context) {
        SharedServers.require(version, context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        SharedServers.require(version, context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return PARAMETERS.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (type == OpenCodeVersion.class) {
            return version;
        }
        SharedServers.Shared shared = SharedServers.get(version, context);
        return type == ScriptedModel.class ? shared.model() : shared.server();
    }
}
