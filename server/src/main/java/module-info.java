/** OpenCode over HTTP. */
module dev.opencode4j.server {
    requires transitive dev.opencode4j.core;
    requires java.net.http;
    requires static org.jspecify;
    requires tools.jackson.core;
    requires tools.jackson.databind;

    exports dev.opencode4j.server;
    exports dev.opencode4j.server.internal.launch to
            dev.opencode4j.cli,
            dev.opencode4j.testkit;
    exports dev.opencode4j.server.internal.turn to
            dev.opencode4j.cli;
    exports dev.opencode4j.server.internal.v1 to
            dev.opencode4j.cli;
    exports dev.opencode4j.server.internal.wire to
            dev.opencode4j.cli;
    exports dev.opencode4j.server.model;
}
