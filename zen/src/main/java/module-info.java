/** The agent over chat completions. */
module dev.opencode4j.zen {
    requires transitive dev.opencode4j.core;
    requires dev.harrel.jsonschema;
    requires transitive java.net.http;
    requires static org.jspecify;
    requires tools.jackson.databind;

    exports dev.opencode4j.zen;
    exports dev.opencode4j.zen.tool;
}
