/** What a turn is, whoever runs it. */
module dev.opencode4j.core {
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.annotation;
    requires transitive tools.jackson.databind;

    exports dev.opencode4j.core;
    exports dev.opencode4j.core.argument to
            dev.opencode4j.batch,
            dev.opencode4j.cli,
            dev.opencode4j.server,
            dev.opencode4j.zen;
    exports dev.opencode4j.core.error;
    exports dev.opencode4j.core.event;
    exports dev.opencode4j.core.interaction;
    exports dev.opencode4j.core.json to
            dev.opencode4j.batch;
    exports dev.opencode4j.core.json.read to
            dev.opencode4j.server,
            dev.opencode4j.zen;
    exports dev.opencode4j.core.json.syntax to
            dev.opencode4j.zen;
    exports dev.opencode4j.core.part;
    exports dev.opencode4j.core.prompt;
    exports dev.opencode4j.core.reply;
    exports dev.opencode4j.core.spi;
    exports dev.opencode4j.core.sse to
            dev.opencode4j.server,
            dev.opencode4j.zen;
    exports dev.opencode4j.core.telemetry;
    exports dev.opencode4j.core.work;
}
