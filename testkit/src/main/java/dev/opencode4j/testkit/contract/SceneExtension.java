package dev.opencode4j.testkit.contract;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test of a contract its {@link Scene}, and closes that after it. */
final class SceneExtension implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(SceneExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Scene.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        AgentContract contract = (AgentContract) context.getRequiredTestInstance();
        return context.getStore(NAMESPACE).computeIfAbsent(Scene.class, any -> new Scene(contract.rig()), Scene.class);
    }
}
