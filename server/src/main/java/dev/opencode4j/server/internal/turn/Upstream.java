package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.interaction.QuestionReply;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.server.internal.stream.Subscriber;
import dev.opencode4j.server.internal.stream.Subscription;
import dev.opencode4j.server.model.SessionStatus;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** What a turn needs of the server. Nothing blocks; failures are {@code AgentException}s. */
public interface Upstream {

    /** Finds out where the session is, before anything else; fails if there is no such session. */
    CompletableFuture<Void> locate();

    /** Watches the session's events. */
    Subscription subscribe(Subscriber subscriber);

    /** Who of this program's turns may send to the session. */
    SessionLanes lanes();

    /** Where the session's next message goes. */
    CompletableFuture<NextMessage> nextMessage();

    /** Sends the prompt, once; fails without sending it if it is no longer wanted when there is room for it. */
    CompletableFuture<Void> submit(String messageId, Prompt prompt, BooleanSupplier isWanted);

    /** Deletes a message; fails if the session is at work. */
    CompletableFuture<Void> remove(String messageId);

    /** Whether the session has this message. */
    CompletableFuture<Boolean> isStored(String messageId);

    /** What the session is doing. */
    CompletableFuture<SessionStatus> status();

    /** The whole state of the turn that {@code messageId} began. */
    CompletableFuture<Snapshot> look(String messageId);

    /** Fails with the reason if the server has no agent of this name. */
    CompletableFuture<Void> requireAgent(String name);

    /** A tool call in a message of the session or of a sub-agent's; empty if the message has none of that id. */
    CompletableFuture<Optional<ToolPart>> toolCall(String ofSession, String messageId, String callId);

    /** Answers a permission request. */
    CompletableFuture<Void> reply(String requestId, PermissionReply reply);

    /** Answers or rejects a question. */
    CompletableFuture<Void> answer(String requestId, QuestionReply reply);

    /** Stops whatever the session is doing. */
    CompletableFuture<Void> abort();
}
