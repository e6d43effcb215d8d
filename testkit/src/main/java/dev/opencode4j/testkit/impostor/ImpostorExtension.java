package dev.opencode4j.testkit.impostor;

import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each JUnit test that has a parameter of type {@link Impostor} one of its own, and closes it afterwards.
 *
 * <pre>{@code
 * @ExtendWith(ImpostorExtension.class)
 * class MyTest {
 *     @Test
 *     void answers(Impostor impostor) { ... }
 * }
 * }</pre>
 *
 * <p>For one of another kind: {@code @RegisterExtension static ImpostorExtension impostors =
 * ImpostorExtension.starting(() -> Impostor.builder().password("s3cret").start());}
 */
public final class ImpostorExtension implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(ImpostorExtension.class);

    private final Supplier<Impostor> starter;

    /** Starts impostors of the default kind; JUnit calls this. */
    public ImpostorExtension() {
        this(Impostor::start);
    }

    private ImpostorExtension(Supplier<Impostor> starter) {
        this.starter = starter;
    }

    /** Starts impostors as the supplier does. */
    public static ImpostorExtension starting(Supplier<Impostor> starter) {
        return new ImpostorExtension(starter);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Impostor.class;
    }

    /** The test's impostor, started when it is first asked for. */
    @Override
    public Impostor resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(NAMESPACE).computeIfAbsent(context.getUniqueId(), id -> starter.get(), Impostor.class);
    }
}
