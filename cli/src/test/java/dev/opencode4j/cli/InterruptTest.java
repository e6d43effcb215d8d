package dev.opencode4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Timeouts;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.DeadlineExceeded;
import dev.opencode4j.core.error.InterruptedTurnException;
import dev.opencode4j.core.work.RetryPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A turn that is to stop stops within a second, wherever it is, and leaves no process behind. */
class InterruptTest {

    private static final Duration A_SECOND = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    /** Where a turn can be. Each phase writes the file {@code there} when it is reached. */
    enum Phase {
        STARTING("touch \"$DIR/there\"; sleep 600", "exit 1"),
        STREAMING("%s; touch \"$DIR/there\"; sleep 600", "exit 1"),
        STUCK("trap '' TERM INT HUP; %s; touch \"$DIR/there\"; while :; do sleep 600; done", "exit 1"),
        WITH_GRANDCHILDREN(
                "%s; (sleep 601 & sleep 602) & setsid sh -c 'trap \"\" TERM; sleep 603; sleep 604' & sleep 0.2;"
                        + " touch \"$DIR/there\"; sleep 600",
                "exit 1"),
        EXPORTING("%s; exit 0", "touch \"$DIR/there\"; sleep 600"),
        EXPORT_IS_STUCK("%s; exit 0", "trap '' TERM; touch \"$DIR/there\"; while :; do sleep 600; done"),
        BACKING_OFF("touch \"$DIR/there\"; exit 3", "exit 1");

        final String run;
        final String export;

        Phase(String run, String export) {
            this.run = run;
            this.export = export;
        }
    }

    private Fake fake(Phase phase) {
        Fake fake = new Fake(folder);
        return fake.run(phase.run.formatted(fake.cat("some", Lines.text("prt_1", "some"))))
                .export(phase.export);
    }

    private void awaitThere(Phase phase) {
        await().atMost(SOON).until(() -> Files.exists(folder.resolve("there")));
        if (phase == Phase.BACKING_OFF)
            await().atMost(SOON).until(() -> processes().isEmpty());
    }

    /** Those whose environment names this test's folder: the fakes, and all that they started. */
    private List<ProcessHandle> processes() {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(this::isOurs).toList();
        }
    }

    private boolean isOurs(ProcessHandle process) {
        try {
            String environment =
                    new String(Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), "environ")), UTF_8);
            return environment.contains("OPENCODE4J_TEST=" + folder);
        } catch (IOException e) {
            return false;
        }
    }

    private OpenCodeCli marked(Phase phase) {
        Duration never = Duration.ofDays(30);
        return fake(phase)
                .builder()
                .environment("OPENCODE4J_TEST", folder.toString())
                .retry(
                        phase == Phase.BACKING_OFF
                                ? RetryPolicy.rerun(3).withBase(never).withCap(never)
                                : RetryPolicy.NONE)
                .build();
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void item22and23AnInterruptEndsTheTurnAndTheWholeTree(Phase phase) {
        try (OpenCodeCli agent = marked(phase);
                AgentSession session = agent.open(unhurried())) {
            Turn turn = session.start("hi");
            awaitThere(phase);
            long start = System.nanoTime();
            turn.interrupt();
            assertThatThrownBy(turn::result).isInstanceOf(InterruptedTurnException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(A_SECOND);
            turn.close();
            await().atMost(SOON).untilAsserted(() -> assertThat(processes()).isEmpty());
        }
    }

    private static SessionOptions unhurried() {
        return SessionOptions.builder()
                .timeouts(Timeouts.DEFAULT.withTurn(Duration.ofDays(365)))
                .build();
    }

    /** In a back-off it needs no watching: a pause that does not fit is not begun. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BACKING_OFF")
    void item23TheDeadlineHoldsInEveryPhase(Phase phase) {
        Duration limit = Duration.ofSeconds(3);
        SessionOptions options = SessionOptions.builder()
                .timeouts(Timeouts.DEFAULT.withTurn(limit))
                .build();
        try (OpenCodeCli agent = marked(phase);
                AgentSession session = agent.open(options)) {
            long start = System.nanoTime();
            Turn turn = session.start("hi");
            assertThatThrownBy(turn::result).isInstanceOf(DeadlineExceeded.class);
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            assertThat(taken).isBetween(limit, limit.plus(A_SECOND));
            assertThat(folder.resolve("there")).exists();
            await().atMost(SOON).untilAsserted(() -> assertThat(processes()).isEmpty());
        }
    }

    @Test
    void closingTheSessionOrTheAgentEndsTheTree() {
        OpenCodeCli agent = marked(Phase.WITH_GRANDCHILDREN);
        Turn turn = agent.open(unhurried()).start("hi");
        awaitThere(Phase.WITH_GRANDCHILDREN);
        agent.close();
        assertThatThrownBy(turn::result).isInstanceOf(InterruptedTurnException.class);
        await().atMost(SOON).untilAsserted(() -> assertThat(processes()).isEmpty());
        assertThatThrownBy(agent::open).isInstanceOf(IllegalStateException.class);
        agent.close();
    }

    @Test
    void item22WhatARunLeavesBehindEndsWithIt() {
        Fake fake = new Fake(folder);
        fake.run("setsid sleep 600 & " + fake.cat("all", Lines.tapped("done").toArray(String[]::new)));
        try (OpenCodeCli agent =
                fake.builder().environment("OPENCODE4J_TEST", folder.toString()).build()) {
            assertThat(agent.open().run("hi").text()).isEqualTo("done");
            assertThat(processes()).isEmpty();
        }
    }
}
