package dev.opencode4j.server.internal.launch;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an OpenCode that was started keeps what it knows.
 *
 * @param home a home directory of its own, or null for the user's
 */
public record OwnHome(@Nullable Path home) {

    /** Changes an environment so that it is found, and so that the program stays the one that was started. */
    public void apply(Map<String, String> environment) {
        if (home != null) {
            List.of("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
                    .forEach(environment::remove);
            environment.put("HOME", home.toString());
        }
        environment.putIfAbsent("OPENCODE_DISABLE_AUTOUPDATE", "1");
    }
}
