package dev.opencode4j.testkit.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Plays an answer, move by move, to one client. */
final class Performance {

    private final Connection connection;
    private final Gates gates;
    private final Pacing pacing;
    private final Voice voice;

    Performance(Connection connection, ModelRequest request, Gates gates, Duration chunkPause) {
        this.connection = connection;
        this.gates = gates;
        this.pacing = new Pacing(chunkPause);
        this.voice = request.isStreamed() ? new StreamedVoice(connection, pacing) : new WholeVoice(connection);
    }

    /**
     * Plays the answer to its end.
     *
     * @throws IOException if the client hung up before
     */
    void play(Answer answer) throws IOException, InterruptedException {
        String end = "stop";
        int promptTokens = Completion.PROMPT_TOKENS;
        for (Move move : answer.moves()) {
            if (move instanceof Move.Say say) {
                voice.say(say.text());
                pacing.betweenChunks();
            } else if (move instanceof Move.Think think) {
                voice.think(think.text());
                pacing.betweenChunks();
            } else if (move instanceof Move.Call call) {
                voice.call(call.tool(), Completion.JSON.writeValueAsString(call.arguments()));
                pacing.betweenChunks();
                end = "tool_calls";
            } else if (move instanceof Move.Pace pace) {
                pacing.set(pace.pause());
            } else if (move instanceof Move.Pause pause) {
                Pacing.sleep(pause.duration());
            } else if (move instanceof Move.Hold hold) {
                gates.hold(hold.name(), connection);
            } else if (move instanceof Move.PromptTokens tokens) {
                promptTokens = tokens.count();
            } else if (move instanceof Move.Cut) {
                return;
            } else if (move instanceof Move.Finish finish) {
                voice.finish(finish.reason(), promptTokens);
                return;
            } else if (move instanceof Move.Refuse refuse) {
                refuse(refuse);
                return;
            }
        }
        voice.finish(end, promptTokens);
    }

    private void refuse(Move.Refuse refusal) throws IOException {
        ObjectNode body = Completion.NODES.objectNode();
        body.set("error", Completion.JSON.valueToTree(refusal.error()));
        connection.respond(
                refusal.status(), Map.of("retry-after", "1"), body.toString().getBytes(UTF_8));
    }
}
