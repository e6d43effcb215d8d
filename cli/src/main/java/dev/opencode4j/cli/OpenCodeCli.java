package dev.opencode4j.cli;

import dev.opencode4j.cli.internal.config.CliSettings;
import dev.opencode4j.cli.internal.config.Flags;
import dev.opencode4j.cli.internal.run.Export;
import dev.opencode4j.cli.internal.run.SessionName;
import dev.opencode4j.core.Agent;
import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.Capabilities;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.argument.Arguments;
import dev.opencode4j.core.error.InterruptedTurnException;
import dev.opencode4j.core.error.UnsupportedFeatureException;
import dev.opencode4j.core.work.Engine;
import dev.opencode4j.core.work.OpenSessions;

/**
 * The agent over OpenCode's command line: a process for each turn, {@code opencode run}, which ends with the turn and with
 * all that it started. Nothing runs between turns, no port is opened, and sessions are OpenCode's own, to be found again
 * by {@link #resume} or by a server.
 *
 * <p>A turn costs the start of a process, one to three seconds and about 300 MB; for many turns take a server.
 *
 * <ul>
 *   <li><b>Sessions.</b> {@link #open} costs nothing, for a session comes to be in its first turn. {@link AgentSession#id}
 *       throws {@link IllegalStateException} until that turn has started, and {@code Turn.sessionId} is empty until then.
 *   <li><b>Permissions.</b> Nobody can be asked. {@code PermissionPolicy.reject()}, the default, has OpenCode reject what
 *       its configuration does not allow. {@code once()} and {@code always()} allow it, except what is denied; where the
 *       version has no flag for that (1.2), they come as {@code "*": "allow"} before the builder's permissions and the
 *       session's rules, and outrank the denials of configuration files. Other policies are refused. Questions are denied.
 *       Permissions that OpenCode rejected are in {@code TurnResult.rejections}; nobody is told of them before.
 *   <li><b>Attempts.</b> An agent that failed is never run again unless the builder's policy says so.
 *   <li><b>Silence.</b> OpenCode gives a sign of life every two seconds while it runs; {@code idle} counts from those.
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class OpenCodeCli implements Agent {

    private static final Capabilities CAPABILITIES = new Capabilities(true, true, false, true, false, false, true);

    private final CliSettings settings;
    private final Flags flags;
    private final Engine engine = Engine.named("opencode4j-cli");
    private final OpenSessions<CliSession> sessions = new OpenSessions<>();

    OpenCodeCli(CliSettings settings) {
        this.settings = settings;
        this.flags = new Flags(settings);
    }

    /**
     * This machine's OpenCode: where {@code OPENCODE_BIN} says, else on the {@code PATH}, else where it is commonly
     * installed. Starts nothing.
     *
     * @throws dev.opencode4j.core.error.ConnectionException if there is none; the message says where it was looked for
     */
    public static OpenCodeCli find() {
        return builder().build();
    }

    /** An agent to be configured. */
    public static OpenCodeCliBuilder builder() {
        return new OpenCodeCliBuilder();
    }

    /**
     * What the program says its version is. Starts a process and waits for it, at most a minute.
     *
     * @throws dev.opencode4j.core.error.ConnectionException if it can't be started
     */
    public String version() {
        try {
            return flags.version();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /**
     * Opens a session that will come to be in its first turn. Costs nothing.
     *
     * @throws UnsupportedFeatureException if a policy wants to be asked
     */
    @Override
    public AgentSession open(SessionOptions options) {
        return attach(options, new SessionName(null));
    }

    /**
     * Opens an existing session. Costs a process, which is asked for the session.
     *
     * @throws dev.opencode4j.core.error.SessionNotFoundException if there is none of this id
     * @throws UnsupportedFeatureException if a policy wants to be asked
     */
    @Override
    public AgentSession resume(String sessionId, SessionOptions options) {
        Arguments.text(sessionId, "sessionId");
        CAPABILITIES.check(options);
        try {
            var unused = new Export(settings)
                    .messages(sessionId, () -> options.timeouts().turn());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        return attach(options, new SessionName(sessionId));
    }

    private AgentSession attach(SessionOptions options, SessionName name) {
        CAPABILITIES.check(options);
        return sessions.add(new CliSession(this, options, name, sessions::remove));
    }

    private static InterruptedTurnException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new InterruptedTurnException("interrupted while OpenCode was asked", null, e);
    }

    CliSettings settings() {
        return settings;
    }

    Flags flags() {
        return flags;
    }

    Engine engine() {
        return engine;
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public void close() {
        sessions.close();
        engine.close();
    }

    /** The program. */
    @Override
    public String toString() {
        return "OpenCodeCli[" + settings.binary() + ']';
    }
}
