package dev.opencode4j.zen.internal.http;

import dev.opencode4j.core.error.Where;
import java.net.URI;
import java.net.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Where completions are asked for, and the key that goes with every request. Says the key to nobody else. */
public final class Endpoint {

    private static final String REDACTED = "[redacted]";

    private final URI address;
    private final @Nullable String key;

    /** An endpoint below a base URL that has no slash at its end. */
    public Endpoint(URI baseUrl, @Nullable String key) {
        address = URI.create(baseUrl + "/chat/completions");
        this.key = key;
    }

    /** The request in words. */
    public Where where() {
        return Where.of("POST", address.getRawPath());
    }

    /** A request without its body. */
    HttpRequest.Builder request() {
        HttpRequest.Builder builder = HttpRequest.newBuilder(address)
                .setHeader("Accept", "text/event-stream, application/json")
                .setHeader("Content-Type", "application/json");
        if (key != null) builder.setHeader("Authorization", "Bearer " + key);
        return builder;
    }

    /** Takes the key out of what is going to be quoted: some servers send it back. */
    String redact(String text) {
        return key == null ? text : text.replace(key, REDACTED);
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
