package dev.opencode4j.server;

import dev.opencode4j.core.interaction.QuestionReply;
import dev.opencode4j.core.interaction.QuestionRequest;
import dev.opencode4j.server.internal.http.Answer;
import dev.opencode4j.server.internal.http.Transport;
import dev.opencode4j.server.internal.v1.InteractionReader;
import dev.opencode4j.server.internal.v1.RequestRoutes;
import java.util.List;

/** What agents ask their user. {@link OpenCodeClient} says how the methods fail. Thread-safe. */
public final class Questions {

    private final Transport transport;

    Questions(Transport transport) {
        this.transport = transport;
    }

    /**
     * Reads the questions that wait, of all sessions of the directory. A question whose session was aborted stays in
     * this list for good.
     */
    public List<QuestionRequest> list() {
        return transport.send(RequestRoutes.questions(), answer -> answer.read(InteractionReader::questions));
    }

    /**
     * Answers one, with a list of labels or free words for each of its questions; {@link QuestionReply#REJECT} refuses
     * and ends the turn. On 1.2.27 a question that is no longer there is no error.
     *
     * @throws dev.opencode4j.core.error.SessionNotFoundException if it was answered already, or its turn is over
     */
    public void reply(String requestId, QuestionReply reply) {
        transport.send(RequestRoutes.reply(requestId, reply), Answer::confirmed);
    }

    /** Refuses to answer one; the same as replying with {@link QuestionReply#REJECT}. */
    public void reject(String requestId) {
        reply(requestId, QuestionReply.REJECT);
    }
}
