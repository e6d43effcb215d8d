package dev.opencode4j.core.prompt;

import dev.opencode4j.core.argument.Arguments;
import dev.opencode4j.core.part.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is said to an agent in one turn. Immutable; {@link #of(String)} for plain text, {@link #builder(String)} for
 * the rest.
 */
public final class Prompt {

    private final String text;
    private final List<Attachment> attachments;
    private final @Nullable Model model;
    private final @Nullable String agent;
    private final @Nullable String system;
    private final @Nullable Json schema;
    private final @Nullable String messageId;
    private final Map<String, Boolean> tools;

    private Prompt(Builder builder) {
        text = builder.text;
        attachments = List.copyOf(builder.attachments);
        model = builder.model;
        agent = builder.agent;
        system = builder.system;
        schema = builder.schema;
        messageId = builder.messageId;
        tools = Map.copyOf(builder.tools);
    }

    /**
     * A prompt of text alone.
     *
     * @throws IllegalArgumentException if {@code text} is blank
     */
    public static Prompt of(String text) {
        return builder(text).build();
    }

    /** Starts a prompt. */
    public static Builder builder(String text) {
        return new Builder(text);
    }

    /** A builder that starts from this prompt. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** The text. */
    public String text() {
        return text;
    }

    /** The files that go with it. */
    public List<Attachment> attachments() {
        return attachments;
    }

    /** The model to use, or null for the session's. */
    public @Nullable Model model() {
        return model;
    }

    /** The name of the agent to use (OpenCode's notion: {@code build}, {@code plan}, ...), or null for the session's. */
    public @Nullable String agent() {
        return agent;
    }

    /** A system prompt for this turn, or null. */
    public @Nullable String system() {
        return system;
    }

    /** The JSON schema that the answer must follow, or null for free text. */
    public @Nullable Json schema() {
        return schema;
    }

    /** The message id to use, or null for one that the session chooses. */
    public @Nullable String messageId() {
        return messageId;
    }

    /** Tools switched on or off by name for this turn; tools that are not named stay as they are. */
    public Map<String, Boolean> tools() {
        return tools;
    }

    /** The text only: attachments and schemas are large. */
    @Override
    public String toString() {
        return "Prompt[" + (text.length() <= 60 ? text : text.substring(0, 57) + "...") + ']';
    }

    /** Builds a {@link Prompt}. Not for use by several threads. */
    public static final class Builder {

        private final String text;
        private final List<Attachment> attachments = new ArrayList<>();
        private final Map<String, Boolean> tools = new LinkedHashMap<>();
        private @Nullable Model model;
        private @Nullable String agent;
        private @Nullable String system;
        private @Nullable Json schema;
        private @Nullable String messageId;

        private Builder(String text) {
            this.text = Objects.requireNonNull(text, "text");
        }

        private Builder(Prompt prompt) {
            text = prompt.text;
            attachments.addAll(prompt.attachments);
            tools.putAll(prompt.tools);
            model = prompt.model;
            agent = prompt.agent;
            system = prompt.system;
            schema = prompt.schema;
            messageId = prompt.messageId;
        }

        /** Adds a file. */
        public Builder attach(Attachment attachment) {
            attachments.add(Objects.requireNonNull(attachment, "attachment"));
            return this;
        }

        /** The model to use. */
        public Builder model(Model value) {
            model = Objects.requireNonNull(value, "model");
            return this;
        }

        /** The agent to use, by OpenCode's name for it. */
        public Builder agent(String value) {
            agent = Arguments.text(value, "agent");
            return this;
        }

        /** A system prompt for this turn. */
        public Builder system(String value) {
            system = Arguments.text(value, "system");
            return this;
        }

        /** Asks for an answer that follows a JSON schema; it arrives as the result's structured value. */
        public Builder schema(Json value) {
            schema = Objects.requireNonNull(value, "schema");
            return this;
        }

        /**
         * Sends the prompt under this message id. It must be higher than every id in the session (OpenCode 1.2 and
         * 1.15 compare them); leave it out and the session finds one.
         */
        public Builder messageId(String value) {
            messageId = Arguments.text(value, "messageId");
            return this;
        }

        /** Lets the agent use a tool in this turn. */
        public Builder enable(String tool) {
            tools.put(Arguments.text(tool, "tool"), true);
            return this;
        }

        /** Keeps the agent from using a tool in this turn. */
        public Builder disable(String tool) {
            tools.put(Arguments.text(tool, "tool"), false);
            return this;
        }

        /**
         * The prompt.
         *
         * @throws IllegalArgumentException if there is neither text nor an attachment
         */
        public Prompt build() {
            if (text.isBlank() && attachments.isEmpty()) {
                throw new IllegalArgumentException("text: must not be blank unless a file is attached");
            }
            return new Prompt(this);
        }
    }
}
