package dev.opencode4j.testkit.impostor;

import tools.jackson.databind.JsonNode;

/**
 * A prompt that the impostor has accepted: its user message is stored.
 *
 * @param sessionId the session it was sent to
 * @param messageId the id of the user message, the client's if it gave one
 * @param text its text parts, joined; synthetic ones included
 * @param body the whole request
 */
public record ReceivedPrompt(String sessionId, String messageId, String text, JsonNode body) {

    /** Whether it only adds to the conversation and starts no turn. */
    public boolean noReply() {
        return body.path("noReply").asBoolean(false);
    }

    static String textOf(JsonNode body) {
        StringBuilder text = new StringBuilder();
        for (JsonNode part : body.path("parts")) {
            text.append(part.path("text").asString(""));
        }
        return text.toString();
    }
}
