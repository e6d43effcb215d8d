package dev.opencode4j.cli;

import java.util.List;

/** What a run prints and an export holds, of session {@code ses_1}. */
final class Lines {

    static final String SESSION = "ses_1";

    private Lines() {}

    /** A run's own line of a whole text. */
    static String text(String id, String text) {
        return own("text", """
                {"id":"%s","sessionID":"ses_1","messageID":"msg_2","type":"text","text":"%s","time":{"start":1,"end":2}}""".formatted(id, text));
    }

    /** A run's own line of a finished step: 10 tokens in, 5 out, a cost of 0.5. */
    static String step(String id, String reason) {
        return own("step_finish", """
                {"id":"%s","sessionID":"ses_1","messageID":"msg_2","type":"step-finish","reason":"%s","cost":0.5,\
                "tokens":{"input":10,"output":5,"reasoning":1,"cache":{"read":2,"write":3}}}""".formatted(id, reason));
    }

    /** A run's own line of an error, given as JSON. */
    static String error(String error) {
        return "{\"type\":\"error\",\"timestamp\":1,\"sessionID\":\"ses_1\",\"error\":" + error + "}";
    }

    /** An error as a provider's client tells it. */
    static String apiError(Object status, String message) {
        return "{\"name\":\"APIError\",\"data\":{\"message\":\"" + message + "\",\"statusCode\":" + status + "}}";
    }

    /** An error of this name. */
    static String named(String name, String message) {
        return "{\"name\":\"" + name + "\",\"data\":{\"message\":\"" + message + "\"}}";
    }

    private static String own(String type, String part) {
        return "{\"type\":\"" + type + "\",\"timestamp\":1,\"sessionID\":\"ses_1\",\"part\":" + part + "}";
    }

    /** An event as the tap tells it. */
    static String event(String type, String properties) {
        return "{\"type\":\"" + type + "\",\"properties\":" + properties + "}";
    }

    /** The lines of the tap for a turn of one text that completes. */
    static List<String> tapped(String text) {
        return List.of(
                "{\"type\":\"opencode4j.tap\"}",
                event("session.created", "{\"info\":{\"id\":\"ses_1\"}}"),
                event("message.updated", "{\"info\":{\"id\":\"msg_1\",\"sessionID\":\"ses_1\",\"role\":\"user\"}}"),
                event("message.updated", "{\"info\":" + assistant("msg_2", "msg_1", "") + "}"),
                event("message.part.updated", """
                        {"part":{"id":"prt_1","sessionID":"ses_1","messageID":"msg_2","type":"text","text":"%s",\
                        "time":{"start":1,"end":2}}}""".formatted(text)),
                event("message.updated", "{\"info\":" + assistant("msg_2", "msg_1", ",\"finish\":\"stop\"") + "}"),
                event("session.status", "{\"sessionID\":\"ses_1\",\"status\":{\"type\":\"idle\"}}"));
    }

    /** An assistant's message, complete if more is told of it than nothing. */
    static String assistant(String id, String parent, String more) {
        String time = more.isEmpty()
                ? "{\"created\":4102444800001}"
                : "{\"created\":4102444800001,\"completed\":4102444800002}";
        return "{\"id\":\"" + id + "\",\"sessionID\":\"ses_1\",\"role\":\"assistant\",\"parentID\":\"" + parent
                + "\",\"time\":" + time + more + "}";
    }

    /** A session of these messages. */
    static String session(String... messages) {
        return "{\"info\":{\"id\":\"ses_1\"},\"messages\":[" + String.join(",", messages) + "]}";
    }

    /** A user's message; created in the far future unless it is an old one. */
    static String user(String id, String text) {
        return message(
                "{\"id\":\"" + id
                        + "\",\"sessionID\":\"ses_1\",\"role\":\"user\",\"time\":{\"created\":4102444800000}}",
                storedText("prt_u" + id, id, text));
    }

    /** A message with parts. */
    static String message(String info, String... parts) {
        return "{\"info\":" + info + ",\"parts\":[" + String.join(",", parts) + "]}";
    }

    /** A stored text. */
    static String storedText(String id, String message, String text) {
        return "{\"id\":\"" + id + "\",\"sessionID\":\"ses_1\",\"messageID\":\"" + message
                + "\",\"type\":\"text\",\"text\":\"" + text + "\"}";
    }

    /** A stored step: 10 tokens in, 5 out, 1 of thinking, 2 and 3 of cache; a cost of 0.5. */
    static String storedStep(String id, String message, String reason) {
        return "{\"id\":\"" + id + "\",\"sessionID\":\"ses_1\",\"messageID\":\"" + message
                + "\",\"type\":\"step-finish\",\"reason\":\"" + reason
                + "\",\"cost\":0.5,\"tokens\":{\"input\":10,\"output\":5,\"reasoning\":1,\"cache\":{\"read\":2,\"write\":3}}}";
    }

    /** A whole session: one prompt and its answer of one text. */
    static String answered(String text) {
        return session(
                user("msg_1", "hi"),
                message(
                        assistant("msg_2", "msg_1", ",\"finish\":\"stop\""),
                        storedText("prt_1", "msg_2", text),
                        storedStep("prt_2", "msg_2", "stop")));
    }

    /** A whole session: one prompt and its answer, which ended in this error. */
    static String failed(String error) {
        return session(
                user("msg_1", "hi"),
                message(
                        assistant("msg_2", "msg_1", ",\"error\":" + error),
                        storedText("prt_1", "msg_2", "partial"),
                        storedStep("prt_2", "msg_2", "stop")));
    }
}
