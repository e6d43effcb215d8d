package dev.opencode4j.cli;

import dev.opencode4j.core.Agent;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.testkit.contract.AgentContract;
import dev.opencode4j.testkit.contract.AgentRig;
import dev.opencode4j.testkit.contract.ScriptedStage;
import dev.opencode4j.testkit.contract.StagedModel;
import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.real.OpenCodeVersion;
import dev.opencode4j.testkit.real.RealCommandLine;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;

/**
 * The agent over {@code opencode run}: one home for all of a version's tests. Each turn starts a program, so that it takes
 * minutes, and a tag to leave it out.
 */
@Tag("long")
abstract class CliContract extends AgentContract {

    private final Homes homes;
    private final OpenCodeVersion version;

    CliContract(Homes homes, OpenCodeVersion version) {
        this.homes = homes;
        this.version = version;
    }

    /** What the tests of a class share: by version, from its first test on. */
    static final class Homes implements AutoCloseable {

        private final Map<OpenCodeVersion, Home> byVersion = new ConcurrentHashMap<>();

        Home of(OpenCodeVersion version) {
            return byVersion.computeIfAbsent(version, Home::of);
        }

        /** Empty afterwards: a class whose test failed is run once more. */
        @Override
        public void close() {
            byVersion.values().forEach(Home::close);
            byVersion.clear();
        }
    }

    private record Home(RealCommandLine line, ScriptedModel model, StagedModel stage) {

        static Home of(OpenCodeVersion version) {
            ScriptedModel model = ScriptedModel.start();
            return new Home(RealCommandLine.create(version, model), model, new ScriptedStage(model));
        }

        void close() {
            line.close();
            model.close();
        }
    }

    @Override
    protected AgentRig rig() {
        Home home = homes.of(version);
        return new AgentRig() {
            @Override
            public Agent openAgent() {
                OpenCodeCliBuilder builder = OpenCodeCli.builder()
                        .binary(home.line().binary())
                        .home(home.line().home())
                        .directory(home.line().directory())
                        .config(Json.parse(home.line().config()));
                home.line().environment().forEach(builder::environment);
                return builder.build();
            }

            @Override
            public StagedModel model() {
                return home.stage();
            }

            @Override
            public boolean retries(int status) {
                return status == 429 || status >= 500;
            }

            @Override
            public boolean shortensConversations() {
                return true;
            }

            @Override
            public int crowd() {
                return 3;
            }

            @Override
            public Duration shortTurn() {
                return Duration.ofSeconds(5);
            }
        };
    }
}
