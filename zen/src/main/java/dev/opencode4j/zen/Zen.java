package dev.opencode4j.zen;

import dev.opencode4j.core.Agent;
import dev.opencode4j.core.Capabilities;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.error.UnsupportedFeatureException;
import dev.opencode4j.core.work.Engine;
import dev.opencode4j.core.work.OpenSessions;
import dev.opencode4j.core.work.Ticker;
import dev.opencode4j.zen.internal.http.ChatTransport;
import dev.opencode4j.zen.internal.http.Endpoint;
import dev.opencode4j.zen.internal.net.RequestSender;
import dev.opencode4j.zen.internal.turn.Conversation;
import dev.opencode4j.zen.internal.turn.Pause;
import dev.opencode4j.zen.internal.turn.Settings;
import dev.opencode4j.zen.internal.turn.Workshop;

/**
 * A bare model behind chat completions: OpenCode Zen, OpenCode Go, or any server that speaks OpenAI's protocol. It has no
 * tools but those that it is given, and nothing to ask the user.
 *
 * <p>A model of a session or prompt goes before the agent's; of {@code provider/model} only the model is sent, for the
 * provider was chosen with the agent. A system prompt of a prompt follows the agent's own. A JSON schema is sent with the
 * prompt and the answer checked against it; one that does not follow fails the turn.
 *
 * <p>What was refused before an answer began is asked again as the {@link dev.opencode4j.core.work.RetryPolicy} says:
 * after 408, 429, 503 and other 5xx, and after a connection that failed or broke. The last may have been billed.
 * Whatever the policy, a request is sent once more, and at once, if its connection had carried others and ended without
 * a byte of an answer: the other side gave it up while the request was on its way. What fails in the middle of an
 * answer is not asked again, unless the policy is one of {@code rerun}. A content filter that stops an answer is a
 * {@link dev.opencode4j.core.error.BadRequestException}. A server that answers in one piece although a stream was asked
 * for is understood.
 *
 * <p>All answers of an agent are read on one thread. Up to sixteen at once are read as soon as something comes; of more,
 * each read costs a rest of a tenth of a millisecond in which chunks gather, so that an event of a thousand answers at
 * once may come a tenth of a second late.
 */
public final class Zen implements Agent {

    /** The model unless another is chosen. */
    public static final String DEFAULT_MODEL = "glm-5";

    private final Settings settings;
    private final Engine engine = Engine.named("opencode4j-zen");
    private final ChatTransport transport;
    private final Workshop workshop;
    private final String name;
    private final OpenSessions<ZenSession> sessions = new OpenSessions<>();

    Zen(ZenBuilder builder, Endpoint endpoint) {
        settings = builder.settings();
        Ticker ticker = engine.ticker();
        RequestSender sender = builder.sender(endpoint.address(), engine.turns(), ticker);
        transport = new ChatTransport(endpoint, sender, ticker, builder.instrumentation());
        Pause pause = builder.pause() == null ? Pause.by(ticker) : builder.pause();
        workshop = new Workshop(transport, engine, pause, settings);
        name = "Zen[" + endpoint + ", " + settings.model() + ']';
    }

    /**
     * The agent of the first key that is found: in {@code OPENCODE_ZEN_KEY} or {@code OPENCODE_API_KEY} for Zen, in
     * {@code OPENCODE_GO_API_KEY} for Go, in {@code OPENROUTER_API_KEY} for OpenRouter, and then for Zen and Go in the file
     * where OpenCode's login keeps them, {@code opencode/auth.json} in {@code XDG_DATA_HOME} or
     * {@code ~/.local/share}. Reads at most that file.
     *
     * @throws dev.opencode4j.core.error.AuthenticationException if there is none
     * @throws IllegalStateException if that file is there and can't be read
     */
    public static Zen fromEnv() {
        return builder().fromEnv().build();
    }

    /** Starts with Zen and no key. */
    public static ZenBuilder builder() {
        return new ZenBuilder();
    }

    /**
     * Opens a session; costs nothing.
     *
     * @throws UnsupportedFeatureException if a policy wants to be asked
     */
    @Override
    public ZenSession open(SessionOptions options) {
        capabilities().check(options);
        return sessions.add(new ZenSession(new Conversation(workshop, options), capabilities(), sessions::remove));
    }

    /** Opens a session with {@link SessionOptions#DEFAULT}; costs nothing. */
    @Override
    public ZenSession open() {
        return open(SessionOptions.DEFAULT);
    }

    /**
     * Never: what was said lives in the session's object, and nobody else keeps it.
     *
     * @throws UnsupportedFeatureException always
     */
    @Override
    public ZenSession resume(String sessionId, SessionOptions options) {
        throw new UnsupportedFeatureException(
                "a bare model keeps no sessions, so that none can be resumed", null, null);
    }

    @Override
    public Capabilities capabilities() {
        boolean tools = !settings.tools().functions().isEmpty();
        return new Capabilities(true, false, false, tools, false, true, true);
    }

    @Override
    public void close() {
        sessions.close();
        transport.close();
        engine.close();
    }

    /** The address and the model; no key. */
    @Override
    public String toString() {
        return name;
    }
}
