package dev.opencode4j.zen.internal.key;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds keys where OpenCode and its users keep them: in environment variables and in OpenCode's {@code auth.json}. */
public final class Keys {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Map<String, String> environment;
    private final Path home;

    /** Keys in an environment, and below a home directory unless the environment moves it. */
    public Keys(Map<String, String> environment, Path home) {
        this.environment = Map.copyOf(environment);
        this.home = home;
    }

    /** The first of these variables that is set and not blank. */
    public Optional<String> variable(List<String> names) {
        return names.stream()
                .map(name -> environment.getOrDefault(name, "").strip())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /**
     * The key that OpenCode's login has stored for a provider; reads a file.
     *
     * @throws IllegalStateException if the file is there and can't be read; says nothing of what is in it
     */
    public Optional<String> stored(String provider) {
        Path file = file();
        if (!Files.exists(file)) return Optional.empty();
        JsonNode entry = read(file).path(provider);
        String key = entry.path("key").asString("").strip();
        return entry.path("type").asString("").equals("api") && !key.isEmpty() ? Optional.of(key) : Optional.empty();
    }

    /** Where OpenCode keeps what its login was told. */
    public Path file() {
        String data = environment.getOrDefault("XDG_DATA_HOME", "").strip();
        Path folder = data.isEmpty() ? home.resolve(".local").resolve("share") : Path.of(data);
        return folder.resolve("opencode").resolve("auth.json");
    }

    /** The parser's own words quote the file, so they are not kept. */
    private static JsonNode read(Path file) {
        try {
            return MAPPER.readTree(Files.readAllBytes(file));
        } catch (JacksonException e) {
            throw new IllegalStateException("not valid JSON: " + file);
        } catch (IOException e) {
            throw new IllegalStateException("can't be read: " + file, e);
        }
    }
}
