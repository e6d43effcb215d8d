package dev.opencode4j.server.model;

import dev.opencode4j.core.argument.Arguments;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Some of a session's messages, oldest first.
 *
 * @param messages the messages
 * @param older what to ask for the page of messages before these; empty if there are none
 */
public record MessagePage(List<Message> messages, Optional<Cursor> older) {

    /** No messages, and none before. */
    public static final MessagePage NONE = new MessagePage(List.of(), Optional.empty());

    /** Keeps a copy of the list. */
    public MessagePage {
        messages = List.copyOf(messages);
    }

    /** The messages the other way round. */
    public Stream<Message> newestFirst() {
        return IntStream.range(0, messages.size()).mapToObj(i -> messages.get(messages.size() - 1 - i));
    }

    /**
     * A place between two messages, in the server's own terms.
     *
     * @param token what the server called it
     */
    public record Cursor(String token) {

        /** Refuses a blank. */
        public Cursor {
            Arguments.text(token, "token");
        }
    }
}
