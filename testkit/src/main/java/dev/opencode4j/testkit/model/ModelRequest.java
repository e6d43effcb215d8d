package dev.opencode4j.testkit.model;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * One chat-completions request that the model got.
 *
 * @param path the path of the request, such as {@code /v1/chat/completions}
 * @param headers the headers by lower-case name; the values of those that carry a key are hidden
 * @param body the body; do not change it
 */
public record ModelRequest(String path, Map<String, String> headers, JsonNode body) {

    /** Copies the headers. */
    public ModelRequest {
        headers = Map.copyOf(headers);
    }

    /** The text of the last user message, its parts joined with a blank; empty when there is none. */
    public String prompt() {
        int last = lastUser();
        return last < 0 ? "" : text(messages().path(last).path("content"));
    }

    /** How many tool results follow the last user message: 0 in the first step of a turn. */
    public int toolResults() {
        int results = 0;
        for (int i = lastUser() + 1; i < messages().size(); i++) {
            if (role(i).equals("tool")) {
                results++;
            }
        }
        return results;
    }

    /** Whether OpenCode asks for the title of a session, which it does beside a session's first prompt. */
    public boolean isTitle() {
        return text(messages().path(0).path("content")).toLowerCase(Locale.ROOT).contains("title generator");
    }

    /** Whether this call begins to answer a prompt: it asks for no title and carries no tool results yet. */
    public boolean isFirstStep() {
        return !isTitle() && toolResults() == 0;
    }

    /** What the prompt gives to a word, such as {@code 20} to {@code long} in {@code #long=20}. */
    public Optional<String> argument(String word) {
        return Tag.allIn(prompt())
                .filter(tag -> tag.word().equals(word))
                .findFirst()
                .flatMap(Tag::argument);
    }

    boolean isStreamed() {
        return body.path("stream").asBoolean(false);
    }

    private JsonNode messages() {
        return body.path("messages");
    }

    private String role(int message) {
        return messages().path(message).path("role").asString("");
    }

    private int lastUser() {
        int last = messages().size() - 1;
        while (last >= 0 && !role(last).equals("user")) {
            last--;
        }
        return last;
    }

    private static String text(JsonNode content) {
        if (!content.isArray()) {
            return content.asString("");
        }
        return StreamSupport.stream(content.spliterator(), false)
                .map(part -> part.path("text").asString(""))
                .collect(Collectors.joining(" "));
    }
}
