package dev.opencode4j.server;

import dev.opencode4j.core.argument.Arguments;
import dev.opencode4j.core.telemetry.Instrumentation;
import dev.opencode4j.server.internal.http.Address;
import dev.opencode4j.server.internal.http.Credentials;
import dev.opencode4j.server.internal.http.Limits;
import dev.opencode4j.server.internal.http.Transport;
import dev.opencode4j.server.internal.launch.ServerProcess;
import dev.opencode4j.server.internal.stream.StreamSettings;
import dev.opencode4j.server.internal.v1.Refusals;
import dev.opencode4j.server.internal.v1.ServerRoutes;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds an {@link OpenCodeClient}. Not for use by several threads. */
public final class ClientBuilder {

    private static final int MAX_SECONDS_DIGITS = 7;

    private String baseUrl;
    private String username;
    private @Nullable String password;
    private @Nullable String directory;
    private @Nullable String workspace;
    private Duration requestTimeout;
    private Duration connectTimeout = Duration.ofSeconds(10);
    private int answerLimit = Limits.DEFAULT_ANSWER;
    private Instrumentation instrumentation = Instrumentation.none();
    private @Nullable StreamSettings streams;
    private @Nullable ServerProcess process;

    ClientBuilder(Map<String, String> environment) {
        baseUrl = or(environment.get("OPENCODE_BASE_URL"), "http://localhost:4096");
        username = or(environment.get("OPENCODE_SERVER_USERNAME"), "opencode");
        password = environment.get("OPENCODE_SERVER_PASSWORD");
        requestTimeout = seconds(environment.getOrDefault("OPENCODE_TIMEOUT", ""));
    }

    /**
     * The server's address; {@code OPENCODE_BASE_URL} or {@code http://localhost:4096} by default. A path in it goes
     * before every request's path, a query in it goes with every request.
     */
    public ClientBuilder baseUrl(String value) {
        baseUrl = Arguments.text(value, "baseUrl");
        return this;
    }

    /** The user; {@code OPENCODE_SERVER_USERNAME} or {@code opencode} by default. */
    public ClientBuilder username(String value) {
        username = Arguments.text(value, "username");
        return this;
    }

    /**
     * The password; {@code OPENCODE_SERVER_PASSWORD} by default. With none, or a blank one, no credentials are sent. It
     * appears in no message, log or {@code toString}.
     */
    public ClientBuilder password(@Nullable String value) {
        password = value;
        return this;
    }

    /**
     * The directory, on the server's machine, that requests are about; by default the one it was started in. A turn is
     * about its session's directory, whichever this is.
     */
    public ClientBuilder directory(String value) {
        directory = Arguments.text(value, "directory");
        return this;
    }

    /** The workspace that requests are about. */
    public ClientBuilder workspace(String value) {
        workspace = Arguments.text(value, "workspace");
        return this;
    }

    /**
     * How long a request may take, from its start to the last byte of the answer; {@code OPENCODE_TIMEOUT} seconds if
     * that is a positive whole number, else 120 seconds. Blocking prompts have a limit of their own.
     */
    public ClientBuilder requestTimeout(Duration value) {
        requestTimeout = value;
        return this;
    }

    /** How long it may take until a connection stands, and until the event stream is ready; 10 seconds by default. */
    public ClientBuilder connectTimeout(Duration value) {
        connectTimeout = value;
        return this;
    }

    /**
     * How many bytes the answer to a request may have; 67,108,864 by default. More fails with a {@link
     * dev.opencode4j.core.error.ProtocolException}. Messages hold their attachments: those of a session with large ones
     * are better read page by page.
     */
    public ClientBuilder answerLimit(int bytes) {
        answerLimit = bytes;
        return this;
    }

    /** Who watches the requests. */
    public ClientBuilder instrumentation(Instrumentation value) {
        instrumentation = value;
        return this;
    }

    /** How the event stream is kept; for tests, which can't wait half a minute. */
    ClientBuilder streams(StreamSettings value) {
        streams = value;
        return this;
    }

    /** The process of the server, with which the client's turns and requests end. */
    ClientBuilder launched(ServerProcess value) {
        process = value;
        return this;
    }

    /**
     * The client. Makes no request.
     *
     * @throws IllegalArgumentException if the base URL is not an http or https URL with a host, or a duration or
     *     limit is not positive
     */
    public OpenCodeClient build() {
        boolean anonymous = password == null || password.isBlank();
        Transport transport = new Transport(
                Address.of(baseUrl, ServerRoutes.scope(directory, workspace)),
                anonymous || password == null ? null : new Credentials(username, password),
                new Limits(connectTimeout, requestTimeout, answerLimit),
                instrumentation,
                new Refusals());
        OpenCodeClient client = new OpenCodeClient(transport, streamSettings());
        if (process != null) client.endWith(process);
        return client;
    }

    /** A workspace may be on another machine, of which the stream of the whole server says nothing. */
    StreamSettings streamSettings() {
        if (streams != null) return streams;
        StreamSettings settings = StreamSettings.DEFAULT.withConnect(connectTimeout);
        return workspace == null ? settings : settings.perDirectory();
    }

    private static Duration seconds(String text) {
        String digits = text.strip();
        boolean whole = !digits.isEmpty()
                && digits.length() <= MAX_SECONDS_DIGITS
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        long seconds = whole ? Long.parseLong(digits) : 0;
        return Duration.ofSeconds(seconds > 0 ? seconds : 120);
    }

    private static String or(@Nullable String value, String fallback) {
        return value == null || value.isBlank() ? fallback : value;
    }
}
