package dev.opencode4j.cli;

import dev.opencode4j.core.Agent;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.testkit.contract.AgentContract;
import dev.opencode4j.testkit.contract.AgentRig;
import dev.opencode4j.testkit.contract.ScriptedStage;
import dev.opencode4j.testkit.contract.StagedModel;
import dev.opencode4j.testkit.junit.EachRealVersion;
import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.real.OpenCodeVersion;
import dev.opencode4j.testkit.real.RealCommandLine;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;

/** The agent over {@code opencode run}, with each certified version: one home for all of a version's tests. */
@EachRealVersion
class CliContractTest extends AgentContract {

    /** By version, from the first test of one to the last. */
    private static final Map<OpenCodeVersion, Home> HOMES = new ConcurrentHashMap<>();

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

    private final OpenCodeVersion version;

    CliContractTest(OpenCodeVersion version) {
        this.version = version;
    }

    @AfterAll
    static void closeHomes() {
        HOMES.values().forEach(Home::close);
        HOMES.clear();
    }

    @Override
    protected AgentRig rig() {
        Home home = HOMES.computeIfAbsent(version, Home::of);
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
