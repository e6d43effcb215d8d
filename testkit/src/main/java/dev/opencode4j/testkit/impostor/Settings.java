package dev.opencode4j.testkit.impostor;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an impostor was started with. The models are {@code provider/model}; the first is the default. */
record Settings(
        ServerVersion version,
        int port,
        @Nullable String authorization,
        Duration heartbeat,
        String directory,
        Set<String> agents,
        Set<String> models) {

    @Override
    public String toString() {
        return "Settings[" + version.name() + ", port " + port + "]";
    }
}
