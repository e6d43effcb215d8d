package dev.opencode4j.zen;

import dev.opencode4j.core.argument.Arguments;
import dev.opencode4j.core.error.AuthenticationException;
import dev.opencode4j.core.telemetry.Instrumentation;
import dev.opencode4j.core.work.RetryPolicy;
import dev.opencode4j.core.work.Ticker;
import dev.opencode4j.zen.internal.client.HttpClientSender;
import dev.opencode4j.zen.internal.http.Endpoint;
import dev.opencode4j.zen.internal.key.Keys;
import dev.opencode4j.zen.internal.net.Connections;
import dev.opencode4j.zen.internal.net.RequestSender;
import dev.opencode4j.zen.internal.net.Security;
import dev.opencode4j.zen.internal.schema.SchemaValidator;
import dev.opencode4j.zen.internal.turn.Pause;
import dev.opencode4j.zen.internal.turn.Settings;
import dev.opencode4j.zen.internal.turn.Toolbox;
import dev.opencode4j.zen.internal.wire.Completion;
import dev.opencode4j.zen.tool.FunctionTool;
import dev.opencode4j.zen.tool.ToolChoice;
import dev.opencode4j.zen.tool.ToolDefinition;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Builds a {@link Zen}. Not for use by several threads. */
public final class ZenBuilder {

    private static final int MAX_ROUNDS = 100;

    private ZenProvider provider = ZenProvider.ZEN;
    private @Nullable String apiKey;
    private String model = Zen.DEFAULT_MODEL;
    private @Nullable Double temperature;
    private @Nullable Integer maxTokens;
    private @Nullable String system;
    private RetryPolicy retry = RetryPolicy.DEFAULT;
    private final List<FunctionTool> functions = new ArrayList<>();
    private final List<ToolDefinition> definitions = new ArrayList<>();
    private final Map<String, SchemaValidator> toolSchemas = new HashMap<>();
    private @Nullable ToolChoice toolChoice;
    private int maxRounds = MAX_ROUNDS;
    private Instrumentation instrumentation = Instrumentation.none();
    private @Nullable SSLContext sslContext;
    private @Nullable ProxySelector proxies;
    private @Nullable HttpClient httpClient;
    private @Nullable Pause pause;

    ZenBuilder() {}

    /** Who serves the models; OpenCode Zen by default. */
    public ZenBuilder provider(ZenProvider value) {
        provider = Objects.requireNonNull(value, "provider");
        return this;
    }

    /**
     * The key. It is sent to the provider and said to nobody else.
     *
     * @throws IllegalArgumentException if it is blank or holds what a header can't, such as a line's end
     */
    public ZenBuilder apiKey(String value) {
        Arguments.text(value, "apiKey");
        if (!value.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("apiKey: must be visible ASCII characters without spaces");
        }
        apiKey = value;
        return this;
    }

    /**
     * Takes provider and key from the environment and OpenCode's login; see {@link Zen#fromEnv()}.
     *
     * @throws AuthenticationException if there is no key
     * @throws IllegalStateException if the login's file is there and can't be read
     */
    public ZenBuilder fromEnv() {
        return from(new Keys(System.getenv(), Path.of(System.getProperty("user.home"))));
    }

    ZenBuilder from(Keys keys) {
        KnownKey found = KnownKey.first(keys);
        return provider(found.provider()).apiKey(found.key());
    }

    /** The model's name, as the provider has it; {@value Zen#DEFAULT_MODEL} by default. */
    public ZenBuilder model(String value) {
        model = Arguments.text(value, "model");
        return this;
    }

    /** How freely the model chooses its words, from 0 to 2; the provider's own by default. */
    public ZenBuilder temperature(double value) {
        if (!(value >= 0 && value <= 2)) {
            throw new IllegalArgumentException("temperature: must be from 0 to 2, was " + value);
        }
        temperature = value;
        return this;
    }

    /** How many tokens an answer may have; the provider's own limit by default. */
    public ZenBuilder maxTokens(int value) {
        maxTokens = Arguments.positive(value, "maxTokens");
        return this;
    }

    /** What the model is told to be; nothing by default. */
    public ZenBuilder system(String value) {
        system = Arguments.text(value, "system");
        return this;
    }

    /** How often a request that was refused is sent again; twice by default. */
    public ZenBuilder retry(RetryPolicy value) {
        retry = Objects.requireNonNull(value, "retry");
        return this;
    }

    /**
     * Adds a function that the model may call, and that is run for the caller. Arguments that do not follow its schema are
     * refused to the model, and the function is not called.
     *
     * @throws IllegalArgumentException if there is a tool of this name, or its parameters are no JSON schema
     */
    public ZenBuilder tool(FunctionTool value) {
        register(value.definition());
        functions.add(value);
        return this;
    }

    /**
     * Adds a function that the model may call, and that the caller sees to: the turn ends with the call, and
     * {@link ZenSession#answer} goes on. A call whose arguments do not follow the schema is refused to the model instead.
     *
     * @throws IllegalArgumentException if there is a tool of this name, or its parameters are no JSON schema
     */
    public ZenBuilder tool(ToolDefinition value) {
        register(value);
        definitions.add(value);
        return this;
    }

    private void register(ToolDefinition tool) {
        if (toolSchemas.containsKey(tool.name())) {
            throw new IllegalArgumentException("tool: there is one named '" + tool.name() + "' already");
        }
        String argument = "tool: the parameters of '" + tool.name() + "'";
        toolSchemas.put(tool.name(), new SchemaValidator(tool.parameters(), argument));
    }

    /** Whether the model has to call a tool in the first answer of a turn; the provider decides by default. */
    public ZenBuilder toolChoice(ToolChoice value) {
        toolChoice = Objects.requireNonNull(value, "toolChoice");
        return this;
    }

    /** How many answers a turn may have, with those that only call tools; {@value #MAX_ROUNDS} by default. */
    public ZenBuilder maxRounds(int value) {
        maxRounds = Arguments.positive(value, "maxRounds");
        return this;
    }

    /** Who watches the requests; nobody by default. */
    public ZenBuilder instrumentation(Instrumentation value) {
        instrumentation = Objects.requireNonNull(value, "instrumentation");
        return this;
    }

    /** Whom to trust, and with which certificate to show oneself; what the runtime trusts by default. */
    public ZenBuilder sslContext(SSLContext value) {
        sslContext = Objects.requireNonNull(value, "sslContext");
        return this;
    }

    /**
     * Who says which proxy to go through; the runtime's own settings by default. Only proxies that speak HTTP and want no
     * password are used; where another one has to be, turns fail rather than pass it by: see {@link #httpClient}.
     */
    public ZenBuilder proxy(ProxySelector value) {
        proxies = Objects.requireNonNull(value, "proxy");
        return this;
    }

    /**
     * Sends all requests with this client, for networks that need what the agent's own transport lacks: a proxy that wants
     * a password, HTTP/2, a client that has been instrumented. The agent's own transport takes a fraction of its time for
     * the same answers, and is used by default.
     *
     * <p>The client belongs to the caller: it is not closed with the agent. Whom to trust, proxies, redirects and its
     * protocol are set on it; the agent sends its key with each request and leaves the rest to it. The session's
     * {@code connect} duration holds for it as for the agent's own transport. The runtime's client does not speak SOCKS
     * either: for that take one of another make.
     *
     * @throws IllegalStateException at {@link #build} if {@link #sslContext} or {@link #proxy} was set too
     */
    public ZenBuilder httpClient(HttpClient value) {
        httpClient = Objects.requireNonNull(value, "httpClient");
        return this;
    }

    /** Waits in its own way between two tries; for tests. */
    ZenBuilder pause(Pause value) {
        pause = value;
        return this;
    }

    /**
     * The agent. No request is made.
     *
     * @throws AuthenticationException if the provider serves nobody without a key and there is none
     * @throws IllegalStateException if {@link #httpClient} was set together with what belongs to that client
     */
    public Zen build() {
        if (apiKey == null && provider.needsKey()) {
            throw new AuthenticationException(
                    provider + " needs a key: give one with apiKey, or set " + String.join(" or ", provider.variables())
                            + " and use fromEnv",
                    null,
                    null);
        }
        if (httpClient != null && (sslContext != null || proxies != null)) {
            throw new IllegalStateException(
                    "httpClient: must stand alone, for sslContext and proxy are set on that client itself");
        }
        return new Zen(this, new Endpoint(provider.baseUrl(), apiKey));
    }

    Settings settings() {
        return new Settings(model, system, new Completion.Sampling(temperature, maxTokens), retry, toolbox());
    }

    private Toolbox toolbox() {
        return new Toolbox(functions, definitions, toolSchemas, toolChoice, maxRounds);
    }

    Instrumentation instrumentation() {
        return instrumentation;
    }

    /** What sends the requests. */
    RequestSender sender(URI address, Executor executor, Ticker ticker) {
        if (httpClient != null) return new HttpClientSender(address, httpClient, ticker);
        return new Connections(address, proxies(), new Security(sslContext, executor), ticker);
    }

    private ProxySelector proxies() {
        if (proxies != null) return proxies;
        ProxySelector usual = ProxySelector.getDefault();
        return usual != null ? usual : ProxySelector.of(null);
    }

    @Nullable
    Pause pause() {
        return pause;
    }

    /** What was chosen; no key. */
    @Override
    public String toString() {
        return "ZenBuilder[" + provider + ", " + model + ']';
    }
}
