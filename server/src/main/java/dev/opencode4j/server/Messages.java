package dev.opencode4j.server;

import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.prompt.Model;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.server.internal.http.Answer;
import dev.opencode4j.server.internal.http.Request;
import dev.opencode4j.server.internal.http.Transport;
import dev.opencode4j.server.internal.v1.MessageReader;
import dev.opencode4j.server.internal.v1.MessageRoutes;
import dev.opencode4j.server.model.Message;
import dev.opencode4j.server.model.MessagePage;
import dev.opencode4j.server.model.PromptOptions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A session's messages and what makes them. {@link OpenCodeClient} says how the methods fail. Thread-safe.
 *
 * <p>Lists fail with {@link dev.opencode4j.core.error.UnsupportedFeatureException} for a session that ever had a prompt
 * with a schema, on 1.15.13 and 1.18.33, if that prompt is among the messages: read them one by one.
 */
public final class Messages {

    private final Transport transport;

    Messages(Transport transport) {
        this.transport = transport;
    }

    /** Reads all messages of a session, oldest first: one request, and as large as the session. */
    public List<Message> list(String sessionId) {
        return transport.send(MessageRoutes.list(sessionId), answer -> answer.read(MessageReader::list));
    }

    /** Reads the last {@code limit} messages of a session, oldest first. */
    public MessagePage last(String sessionId, int limit) {
        return transport.send(MessageRoutes.page(sessionId, limit, null), MessageRoutes::readPage);
    }

    /** Reads the last {@code limit} messages before {@code cursor}, oldest first. */
    public MessagePage before(String sessionId, int limit, MessagePage.Cursor cursor) {
        return transport.send(MessageRoutes.page(sessionId, limit, cursor), MessageRoutes::readPage);
    }

    /**
     * The messages of a session, newest first, read lazily: a request for each {@code pageSize} messages, the first one
     * at once. The stream blocks in its terminal operation, where later requests fail too.
     */
    public Stream<Message> newestFirst(String sessionId, int pageSize) {
        return Stream.iterate(
                        last(sessionId, pageSize),
                        page -> !page.equals(MessagePage.NONE),
                        page -> page.older()
                                .map(cursor -> before(sessionId, pageSize, cursor))
                                .orElse(MessagePage.NONE))
                .flatMap(MessagePage::newestFirst);
    }

    /** Reads one message. */
    public Message get(String sessionId, String messageId) {
        return transport.send(MessageRoutes.get(sessionId, messageId), answer -> answer.read(MessageReader::one));
    }

    /** Deletes one message. */
    public void delete(String sessionId, String messageId) {
        transport.send(MessageRoutes.delete(sessionId, messageId), Answer::confirmed);
    }

    /**
     * Prompts and waits until the turn is over, for {@code timeout} at most; then it goes on without us. See
     * {@link #prompt(String, Prompt, PromptOptions, Duration)}.
     */
    public Message prompt(String sessionId, Prompt prompt, Duration timeout) {
        return prompt(sessionId, prompt, PromptOptions.NONE, timeout);
    }

    /**
     * Prompts and waits until the turn is over, for {@code timeout} at most; then it goes on without us.
     *
     * <p>The result is the turn's last message (the user's own with {@link PromptOptions#withoutReply()}). What failed
     * within the turn is in its {@code info().error()}. No policy answers here: a turn that asks for permission waits.
     *
     * @throws ServerException if the session, agent or model is unknown: 1.2.27 answers nothing then, later versions
     *     500
     */
    public Message prompt(String sessionId, Prompt prompt, PromptOptions options, Duration timeout) {
        return message(MessageRoutes.prompt(sessionId, prompt, options).within(timeout));
    }

    /** Prompts and returns as soon as the server has the prompt, before it has checked it. */
    public void submit(String sessionId, Prompt prompt) {
        submit(sessionId, prompt, PromptOptions.NONE);
    }

    /**
     * Prompts and returns as soon as the server has the prompt, before it has checked it. When this fails with a
     * timeout or a broken connection the prompt may have arrived all the same.
     */
    public void submit(String sessionId, Prompt prompt, PromptOptions options) {
        transport.send(MessageRoutes.submit(sessionId, prompt, options), Answer::confirmed);
    }

    /** Runs one of the server's commands and waits for its turn, for {@code timeout} at most. */
    public Message command(String sessionId, String name, String arguments, Duration timeout) {
        return message(MessageRoutes.command(sessionId, name, arguments).within(timeout));
    }

    /** Runs a shell command in the session, under the rules of {@code agent}, for {@code timeout} at most. */
    public Message shell(String sessionId, String agent, String command, Duration timeout) {
        return message(MessageRoutes.shell(sessionId, agent, command).within(timeout));
    }

    /**
     * Has {@code model} describe the project in {@code AGENTS.md}, as a turn of its own, and waits for it.
     *
     * @param messageId the id of the message that asks for it, higher than any in the session
     */
    public void init(String sessionId, String messageId, Model model, Duration timeout) {
        transport.send(MessageRoutes.init(sessionId, messageId, model).within(timeout), Answer::confirmed);
    }

    private Message message(Request request) {
        return transport.send(request, answer -> {
            if (answer.isBlank()) {
                throw ServerException.fatal(
                        "the server answered nothing; the session, agent or model may be unknown", answer.where());
            }
            return answer.read(MessageReader::one);
        });
    }
}
