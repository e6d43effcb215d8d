package dev.opencode4j.server.internal.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A user and a password, sent with every request without being asked for. Says neither. */
public final class Credentials {

    private static final String REDACTED = "[redacted]";

    private final String password;
    private final String token;

    /** The credentials of {@code username}. */
    public Credentials(String username, String password) {
        if (username.indexOf(':') >= 0) throw new IllegalArgumentException("username: must not hold a colon");
        this.password = password;
        this.token = Base64.getEncoder().encodeToString((username + ':' + password).getBytes(StandardCharsets.UTF_8));
    }

    /** The value of the {@code Authorization} header. */
    String header() {
        return "Basic " + token;
    }

    /** Takes the credentials out of an answer that is going to be quoted: some proxies send the request back. */
    byte[] redact(byte[] answer) {
        String text = new String(answer, StandardCharsets.UTF_8);
        if (!text.contains(password) && !text.contains(token)) return answer;
        return text.replace(token, REDACTED).replace(password, REDACTED).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "Credentials[" + REDACTED + ']';
    }
}
