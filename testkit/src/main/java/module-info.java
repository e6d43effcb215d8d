/** What tests of agents need: an impostor, a scripted model, real servers, JUnit support. */
module dev.opencode4j.testkit {
    requires transitive dev.opencode4j.server;
    requires tools.jackson.databind;
    requires static org.jspecify;
    requires static org.junit.jupiter.api;

    exports dev.opencode4j.testkit.contract;
    exports dev.opencode4j.testkit.impostor;
    exports dev.opencode4j.testkit.junit;
    exports dev.opencode4j.testkit.model;
    exports dev.opencode4j.testkit.proxy;
    exports dev.opencode4j.testkit.real;

    // JUnit calls what a contract's tests are made of, which is nobody else's to call.
    opens dev.opencode4j.testkit.contract to
            org.junit.platform.commons;
}
