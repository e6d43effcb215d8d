package dev.opencode4j.cli;

import dev.opencode4j.cli.internal.config.CliSettings;
import dev.opencode4j.cli.internal.config.Flags;
import dev.opencode4j.cli.internal.config.Order;
import dev.opencode4j.cli.internal.run.CliWork;
import dev.opencode4j.cli.internal.run.SessionName;
import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.UnsupportedFeatureException;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.work.Engine;
import dev.opencode4j.core.work.TurnSlot;
import dev.opencode4j.core.work.WorkedTurn;
import java.util.Objects;
import java.util.function.Consumer;

/** A session of the command line, which exists from its first run on. */
final class CliSession implements AgentSession {

    private final CliSettings settings;
    private final Flags flags;
    private final SessionOptions options;
    private final SessionName name;
    private final Engine engine;
    private final TurnSlot slot;
    private final Consumer<CliSession> onClose;

    CliSession(OpenCodeCli agent, SessionOptions options, SessionName name, Consumer<CliSession> onClose) {
        this.settings = agent.settings();
        this.flags = agent.flags();
        this.engine = agent.engine();
        this.options = options;
        this.name = name;
        this.slot = new TurnSlot(name::orEmpty);
        this.onClose = onClose;
    }

    @Override
    public String id() {
        String id = name.orNull();
        if (id == null) {
            throw new IllegalStateException(
                    "the command line gives a session its id in the session's first turn; ask after its TurnStarted");
        }
        return id;
    }

    @Override
    public Turn start(Prompt prompt) {
        Objects.requireNonNull(prompt, "prompt");
        refuseWhatCantBe(prompt);
        CliWork work = new CliWork(settings, flags, new Order(prompt, options), name);
        return slot.start(free -> WorkedTurn.start(name::orEmpty, options, engine, work, free));
    }

    private static void refuseWhatCantBe(Prompt prompt) {
        if (prompt.schema() != null) throw unsupported("answers by a JSON schema");
        if (prompt.messageId() != null) throw unsupported("message ids of the caller's");
        if (prompt.text().isBlank()) {
            throw new BadRequestException("the command line wants words beside the files", null, null);
        }
    }

    private static UnsupportedFeatureException unsupported(String what) {
        return new UnsupportedFeatureException("the command line has no " + what, null, null);
    }

    @Override
    public void interrupt() {
        slot.interrupt();
    }

    @Override
    public void close() {
        onClose.accept(this);
        slot.close();
    }

    @Override
    public String toString() {
        return "CliSession[" + name.orEmpty() + ']';
    }
}
