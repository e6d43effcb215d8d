package dev.opencode4j.zen;

import dev.opencode4j.core.argument.Arguments;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Who serves the models. */
public final class ZenProvider {

    /** OpenCode Zen, paid as you go. */
    public static final ZenProvider ZEN = new ZenProvider(
            "OpenCode Zen", URI.create("https://opencode.ai/zen/v1"), List.of("OPENCODE_ZEN_KEY", "OPENCODE_API_KEY"));

    /** OpenCode Go, the subscription. */
    public static final ZenProvider GO =
            new ZenProvider("OpenCode Go", URI.create("https://opencode.ai/zen/go/v1"), List.of("OPENCODE_GO_API_KEY"));

    private final String name;
    private final URI baseUrl;
    private final List<String> variables;

    private ZenProvider(String name, URI baseUrl, List<String> variables) {
        this.name = name;
        this.baseUrl = baseUrl;
        this.variables = variables;
    }

    /**
     * Any server that speaks OpenAI's chat completions; it may need no key.
     *
     * @param baseUrl what stands before {@code /chat/completions}, such as {@code http://localhost:11434/v1}; a slash at
     *     its end does not matter
     * @throws IllegalArgumentException if it is no HTTP address, or holds a user, a query or a fragment
     */
    public static ZenProvider at(URI baseUrl) {
        Objects.requireNonNull(baseUrl, "baseUrl");
        String scheme = baseUrl.getScheme() == null ? "" : baseUrl.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || baseUrl.getHost() == null) {
            throw new IllegalArgumentException("baseUrl: must be an http or https address with a host");
        }
        if (baseUrl.getRawUserInfo() != null || baseUrl.getRawQuery() != null || baseUrl.getRawFragment() != null) {
            throw new IllegalArgumentException("baseUrl: must hold no user, query or fragment; a key is set apart");
        }
        String address = Arguments.text(baseUrl.toString(), "baseUrl").replaceAll("/+$", "");
        return new ZenProvider(address, URI.create(address), List.of());
    }

    /** What stands before {@code /chat/completions}, without a slash at its end. */
    public URI baseUrl() {
        return baseUrl;
    }

    /** Whether it serves nobody without a key. */
    boolean needsKey() {
        return !variables.isEmpty();
    }

    /** The environment variables that may hold its key, the first one first. */
    List<String> variables() {
        return variables;
    }

    /** Its name or address. */
    @Override
    public String toString() {
        return name;
    }
}
