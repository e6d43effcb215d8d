/** Many prompts, each once. */
module dev.opencode4j.batch {
    requires transitive dev.opencode4j.core;
    requires static org.jspecify;
    requires tools.jackson.databind;

    exports dev.opencode4j.batch;
}
