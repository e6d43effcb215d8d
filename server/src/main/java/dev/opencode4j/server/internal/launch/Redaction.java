package dev.opencode4j.server.internal.launch;

import dev.opencode4j.core.part.Json;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Takes secrets out of a log: passwords, and what configuration and environment name as keys or tokens. */
public final class Redaction {

    private static final Pattern NAMES_A_SECRET =
            Pattern.compile("key|token|secret|passw|auth|credential", Pattern.CASE_INSENSITIVE);

    /** A shorter one would blot out half the log and protects nothing. */
    private static final int SHORTEST = 4;

    private final Set<String> secrets = new LinkedHashSet<>();

    Redaction(String password, Map<String, String> environment, @Nullable Json config) {
        this(environment, config);
        secrets.add(password);
    }

    /** Of what an environment and a configuration hold. */
    public Redaction(Map<String, String> environment, @Nullable Json config) {
        environment.forEach(this::consider);
        if (config != null) search("", config.node());
    }

    private void search(String name, JsonNode node) {
        if (node.isValueNode()) consider(name, node.asString());
        else if (node.isArray()) node.forEach(element -> search(name, element));
        else node.properties().forEach(entry -> search(entry.getKey(), entry.getValue()));
    }

    private void consider(String name, String value) {
        if (value.length() >= SHORTEST && NAMES_A_SECRET.matcher(name).find()) secrets.add(value);
    }

    /** The text without them. */
    public String apply(String text) {
        String redacted = text;
        for (String secret : secrets) redacted = redacted.replace(secret, "[redacted]");
        return redacted;
    }
}
