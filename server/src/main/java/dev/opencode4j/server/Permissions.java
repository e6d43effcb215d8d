package dev.opencode4j.server;

import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.interaction.PermissionRequest;
import dev.opencode4j.server.internal.http.Answer;
import dev.opencode4j.server.internal.http.Transport;
import dev.opencode4j.server.internal.v1.InteractionReader;
import dev.opencode4j.server.internal.v1.RequestRoutes;
import java.util.List;

/** What agents ask leave for. {@link OpenCodeClient} says how the methods fail. Thread-safe. */
public final class Permissions {

    private final Transport transport;

    Permissions(Transport transport) {
        this.transport = transport;
    }

    /**
     * Reads the requests that wait, of all sessions of the directory. On 1.2.27 and 1.15.13 they do not tell the command
     * that will run: it is in the tool call of {@code messageId} and {@code callId}, where turns look for it.
     */
    public List<PermissionRequest> list() {
        return transport.send(RequestRoutes.permissions(), answer -> answer.read(InteractionReader::permissions));
    }

    /**
     * Answers one. On 1.2.27 a request that is no longer there is no error.
     *
     * @throws dev.opencode4j.core.error.SessionNotFoundException if it was answered already, or its turn is over
     */
    public void reply(String requestId, PermissionReply reply) {
        transport.send(RequestRoutes.reply(requestId, reply), Answer::confirmed);
    }
}
