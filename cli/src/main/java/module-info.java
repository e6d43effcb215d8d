/** The agent over OpenCode's command line. */
module dev.opencode4j.cli {
    requires transitive dev.opencode4j.core;
    requires dev.opencode4j.server;
    requires static org.jspecify;
    requires tools.jackson.databind;

    exports dev.opencode4j.cli;
}
