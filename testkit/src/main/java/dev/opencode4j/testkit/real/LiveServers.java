package dev.opencode4j.testkit.real;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The servers that were not closed yet; the end of the JVM closes them. */
final class LiveServers {

    private static final Set<RealOpenCode> SERVERS = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> SERVERS.forEach(RealOpenCode::close), "opencode4j-live-servers"));
    }

    private LiveServers() {}

    static void add(RealOpenCode server) {
        SERVERS.add(server);
    }

    static void remove(RealOpenCode server) {
        SERVERS.remove(server);
    }
}
