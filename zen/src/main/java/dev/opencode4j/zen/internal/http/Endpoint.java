package dev.opencode4j.zen.internal.http;

import dev.opencode4j.core.error.Where;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where completions are asked for, and the key that goes with every request. Says the key to nobody else. */
public final class Endpoint {

    private static final String REDACTED = "[redacted]";

    private final URI address;
    private final @Nullable String key;

    /** An endpoint below a base URL that has no slash at its end. */
    public Endpoint(URI baseUrl, @Nullable String key) {
        address = URI.create(URI.create(baseUrl + "/chat/completions").toASCIIString());
        this.key = key;
    }

    /** The address. */
    public URI address() {
        return address;
    }

    /** The request in words. */
    public Where where() {
        return Where.of("POST", address.getRawPath());
    }

    /** What every request says of itself. */
    Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("User-Agent", "opencode4j");
        headers.put("Accept", "text/event-stream, application/json");
        headers.put("Accept-Encoding", "identity"); // Else any compression would do (RFC 9110, 12.5.3).
        headers.put("Content-Type", "application/json");
        if (key != null) headers.put("Authorization", "Bearer " + key);
        return headers;
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
