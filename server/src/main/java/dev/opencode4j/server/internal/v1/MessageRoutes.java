package dev.opencode4j.server.internal.v1;

import dev.opencode4j.core.argument.Arguments;
import dev.opencode4j.core.prompt.Model;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.server.internal.http.Answer;
import dev.opencode4j.server.internal.http.Request;
import dev.opencode4j.server.model.MessagePage;
import dev.opencode4j.server.model.PromptOptions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The requests about messages and those that make them. Ids are checked here, before anything is sent. */
public final class MessageRoutes {

    static final String MESSAGE = "/message";

    private static final String NEXT = "x-next-cursor";

    private MessageRoutes() {}

    private static String messages(String sessionId) {
        return SessionRoutes.path(sessionId) + MESSAGE;
    }

    /** Reads all messages of a session. */
    public static Request list(String sessionId) {
        return Request.get(messages(sessionId));
    }

    /** Reads the last {@code limit} messages before {@code cursor}, or of all. */
    public static Request page(String sessionId, int limit, MessagePage.@Nullable Cursor cursor) {
        return Request.get(messages(sessionId))
                .query("limit", Arguments.positive(limit, "limit"))
                .query("before", cursor == null ? null : cursor.token());
    }

    /** Reads one message. */
    public static Request get(String sessionId, String messageId) {
        return Request.get(messages(sessionId) + '/' + WireId.message(messageId));
    }

    /** Deletes one message. */
    public static Request delete(String sessionId, String messageId) {
        return Request.of("DELETE", messages(sessionId) + '/' + WireId.message(messageId));
    }

    /** Prompts, and is answered when the turn is over. */
    public static Request prompt(String sessionId, Prompt prompt, PromptOptions options) {
        return Request.post(messages(sessionId)).with(PromptCodec.body(prompt, options));
    }

    /** Prompts, and is answered at once. */
    public static Request submit(String sessionId, Prompt prompt, PromptOptions options) {
        return Request.post(SessionRoutes.path(sessionId) + "/prompt_async").with(PromptCodec.body(prompt, options));
    }

    /** Runs a command of the server's, and is answered when the turn is over. */
    public static Request command(String sessionId, String name, String arguments) {
        Arguments.text(name, "name");
        return Request.post(SessionRoutes.path(sessionId) + "/command")
                .with(new Body()
                        .put("command", name)
                        .put("arguments", arguments)
                        .bytes());
    }

    /** Runs a command of the shell's in the session. */
    public static Request shell(String sessionId, String agent, String command) {
        Arguments.text(agent, "agent");
        Arguments.text(command, "command");
        return Request.post(SessionRoutes.path(sessionId) + "/shell")
                .with(new Body().put("agent", agent).put("command", command).bytes());
    }

    /** Has a model describe the project in a file for agents. */
    public static Request init(String sessionId, String messageId, Model model) {
        return Request.post(SessionRoutes.path(sessionId) + "/init")
                .with(ModelCodec.into(new Body(), model)
                        .put("messageID", WireId.message(messageId))
                        .bytes());
    }

    /** A page of messages and the place where it begins. */
    public static MessagePage readPage(Answer answer) {
        return new MessagePage(
                answer.read(MessageReader::list),
                Optional.ofNullable(answer.header(NEXT))
                        .filter(token -> !token.isBlank())
                        .map(MessagePage.Cursor::new));
    }
}
