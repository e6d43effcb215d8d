package dev.opencode4j.core;

import dev.opencode4j.core.argument.Arguments;
import dev.opencode4j.core.interaction.PermissionPolicy;
import dev.opencode4j.core.interaction.PermissionRule;
import dev.opencode4j.core.interaction.QuestionPolicy;
import dev.opencode4j.core.prompt.Model;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a session is opened and its turns are run. Immutable. */
public final class SessionOptions {

    /** The agent's own agent, model and title; everything asked is rejected. */
    public static final SessionOptions DEFAULT = builder().build();

    /** The reply limit unless another one is given, in characters. */
    public static final int DEFAULT_REPLY_LIMIT = 32 << 20;

    private final @Nullable String title;
    private final @Nullable String agent;
    private final @Nullable Model model;
    private final List<PermissionRule> rules;
    private final PermissionPolicy permissions;
    private final QuestionPolicy questions;
    private final Timeouts timeouts;
    private final int eventBuffer;
    private final int replyLimit;

    private SessionOptions(Builder builder) {
        title = builder.title;
        agent = builder.agent;
        model = builder.model;
        rules = builder.rules;
        permissions = builder.permissions;
        questions = builder.questions;
        timeouts = builder.timeouts;
        eventBuffer = builder.eventBuffer;
        replyLimit = builder.replyLimit;
    }

    /** The defaults with a title. */
    public static SessionOptions titled(String title) {
        return builder().title(title).build();
    }

    /** Starts with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts from these options. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** The title, or null to let the agent find one. */
    public @Nullable String title() {
        return title;
    }

    /** The agent's name, or null for the default one. */
    public @Nullable String agent() {
        return agent;
    }

    /** The model, or null for the default one. */
    public @Nullable Model model() {
        return model;
    }

    /** The rules that decide without asking, the last match winning. */
    public List<PermissionRule> rules() {
        return rules;
    }

    /** Who answers when the agent asks for permission. */
    public PermissionPolicy permissions() {
        return permissions;
    }

    /** Who answers when the agent asks a question. */
    public QuestionPolicy questions() {
        return questions;
    }

    /** How long turns may take. */
    public Timeouts timeouts() {
        return timeouts;
    }

    /** How many events may wait for a turn's consumer. */
    public int eventBuffer() {
        return eventBuffer;
    }

    /** How many characters a turn's reply may hold. */
    public int replyLimit() {
        return replyLimit;
    }

    /** Builds {@link SessionOptions}. Not for use by several threads. */
    public static final class Builder {

        private @Nullable String title;
        private @Nullable String agent;
        private @Nullable Model model;
        private List<PermissionRule> rules = List.of();
        private PermissionPolicy permissions = PermissionPolicy.reject();
        private QuestionPolicy questions = QuestionPolicy.reject();
        private Timeouts timeouts = Timeouts.DEFAULT;
        private int eventBuffer = 16_384;
        private int replyLimit = DEFAULT_REPLY_LIMIT;

        private Builder() {}

        private Builder(SessionOptions options) {
            title = options.title;
            agent = options.agent;
            model = options.model;
            rules = options.rules;
            permissions = options.permissions;
            questions = options.questions;
            timeouts = options.timeouts;
            eventBuffer = options.eventBuffer;
            replyLimit = options.replyLimit;
        }

        /** A title for people. */
        public Builder title(String value) {
            title = Arguments.text(value, "title");
            return this;
        }

        /** The agent to use, by OpenCode's name for it: {@code build}, {@code plan}, ... */
        public Builder agent(String value) {
            agent = Arguments.text(value, "agent");
            return this;
        }

        /** The model to use. */
        public Builder model(Model value) {
            model = Objects.requireNonNull(value, "model");
            return this;
        }

        /** The rules that decide without asking. */
        public Builder rules(List<PermissionRule> value) {
            rules = List.copyOf(Objects.requireNonNull(value, "rules"));
            return this;
        }

        /** Who answers when the agent asks for permission; rejects by default. */
        public Builder permissions(PermissionPolicy value) {
            permissions = Objects.requireNonNull(value, "permissions");
            return this;
        }

        /** Who answers when the agent asks a question; rejects by default. */
        public Builder questions(QuestionPolicy value) {
            questions = Objects.requireNonNull(value, "questions");
            return this;
        }

        /** How long turns may take. */
        public Builder timeouts(Timeouts value) {
            timeouts = Objects.requireNonNull(value, "timeouts");
            return this;
        }

        /** How many events may wait for a turn's consumer before it is cut off; 16,384 by default, at least 16. */
        public Builder eventBuffer(int value) {
            if (value < 16) throw new IllegalArgumentException("eventBuffer: must be at least 16, was " + value);
            eventBuffer = value;
            return this;
        }

        /**
         * How many characters a turn's reply may hold, its tools' input and output included; 33,554,432 by default. A
         * turn whose reply would grow beyond that fails with a {@link dev.opencode4j.core.error.ProtocolException} that
         * keeps what came before.
         */
        public Builder replyLimit(int value) {
            replyLimit = Arguments.positive(value, "replyLimit");
            return this;
        }

        /** The options. */
        public SessionOptions build() {
            return new SessionOptions(this);
        }
    }
}
