package dev.opencode4j.cli;

import dev.opencode4j.core.part.Json;
import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.real.OpenCodeVersion;
import dev.opencode4j.testkit.real.RealCommandLine;

/** A real OpenCode, a model of its own, and what is needed to build an agent over them. */
final class Real implements AutoCloseable {

    final ScriptedModel model = ScriptedModel.start();
    final RealCommandLine home;

    Real(OpenCodeVersion version) {
        home = RealCommandLine.create(version, model);
    }

    OpenCodeCliBuilder builder() {
        OpenCodeCliBuilder builder = OpenCodeCli.builder()
                .binary(home.binary())
                .home(home.home())
                .directory(home.directory())
                .config(Json.parse(home.config()));
        home.environment().forEach(builder::environment);
        return builder;
    }

    OpenCodeCli agent() {
        return builder().build();
    }

    @Override
    public void close() {
        home.close();
        model.close();
    }
}
