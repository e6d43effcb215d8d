package dev.opencode4j.testkit.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Timeouts;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.PermissionAsked;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.core.event.TurnFailed;
import dev.opencode4j.core.interaction.PermissionPolicy;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.server.LaunchedServer;
import dev.opencode4j.server.OpenCodeServer;
import dev.opencode4j.server.ServerLauncher;
import dev.opencode4j.testkit.junit.EachRealVersion;
import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.real.OpenCodeVersion;
import dev.opencode4j.testkit.real.RealCommandLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that this program launched is killed: everybody knows at once, from the process and not from a silence. No
 * timeout of the turns is shorter than this test's patience.
 */
@EachRealVersion
@Timeout(120)
class LaunchedServerDeathTest {

    private static final SessionOptions PATIENT = SessionOptions.builder()
            .permissions(PermissionPolicy.askConsumer())
            .timeouts(new Timeouts(
                    Duration.ofMinutes(10), Duration.ofMinutes(10), Duration.ofMinutes(10), Duration.ofMinutes(10)))
            .build();

    private final ScriptedModel model = ScriptedModel.start();
    private final RealCommandLine line;

    LaunchedServerDeathTest(OpenCodeVersion version) {
        line = RealCommandLine.create(version, model);
    }

    @AfterEach
    void close() {
        line.close();
        model.close();
    }

    private ServerLauncher launcher() {
        ServerLauncher launcher = ServerLauncher.create()
                .binary(line.binary())
                .home(line.home())
                .directory(line.directory())
                .config(Json.parse(line.config()));
        line.environment().forEach(launcher::environment);
        return launcher;
    }

    private static void kill(LaunchedServer server) {
        assertThat(server.process().destroyForcibly()).isTrue();
    }

    /** Reads a turn's events until one of a kind has come. */
    private static Iterator<AgentEvent> until(Turn turn, Class<? extends AgentEvent> type) {
        Iterator<AgentEvent> events = turn.iterator();
        while (!type.isInstance(events.next())) {
            // Not yet.
        }
        return events;
    }

    /** The last event; the test's own timeout tells if it never comes. */
    private static TurnFailed end(Iterator<AgentEvent> events) {
        AgentEvent last = events.next();
        while (events.hasNext()) last = events.next();
        assertThat(last).isInstanceOf(TurnFailed.class);
        return (TurnFailed) last;
    }

    private static ConnectionException saysThatTheProcessEnded(Throwable error) {
        assertThat(error)
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("the server process ended by itself with exit code 137")
                .hasMessageContaining("its log ends:");
        assertThat(((ConnectionException) error).isRetryable()).isFalse();
        return (ConnectionException) error;
    }

    @Test
    void turnsUnderWayEndEachWithItsOwnErrorAndItsOwnText() {
        try (LaunchedServer server = launcher().start();
                OpenCodeServer agent = OpenCodeServer.of(server);
                AgentSession one = agent.open(PATIENT);
                AgentSession other = agent.open(PATIENT);
                Turn first = one.start("#hold=death_one");
                Turn second = other.start("#hold=death_other")) {
            model.awaitHeld("death_one", Rig.BOUND);
            model.awaitHeld("death_other", Rig.BOUND);
            Iterator<AgentEvent> firsts = until(first, TextDelta.class);
            Iterator<AgentEvent> seconds = until(second, TextDelta.class);
            kill(server);
            ConnectionException firstError = saysThatTheProcessEnded(end(firsts).error());
            ConnectionException secondError =
                    saysThatTheProcessEnded(end(seconds).error());
            assertThat(firstError).isNotSameAs(secondError);
            assertThat(firstError.partial().orElseThrow().sessionId()).isEqualTo(one.id());
            assertThat(firstError.partial().orElseThrow().text()).isEqualTo("held ");
            assertThat(secondError.partial().orElseThrow().sessionId()).isEqualTo(other.id());
            saysThatTheProcessEnded(catchThrowable(() -> one.run("#echo later")));
            saysThatTheProcessEnded(catchThrowable(() -> agent.open(PATIENT)));
        }
    }

    @Test
    void aTurnThatWaitsForAPersonEndsToo() {
        try (LaunchedServer server = launcher().start();
                OpenCodeServer agent = OpenCodeServer.of(server);
                AgentSession session = agent.open(PATIENT);
                Turn turn = session.start("#bash")) {
            Iterator<AgentEvent> events = until(turn, PermissionAsked.class);
            kill(server);
            saysThatTheProcessEnded(end(events).error());
        }
    }

    @Test
    void afterADeathWhileNobodyWorkedTheNextTurnAndTheNextSessionFailAtOnce() throws Exception {
        try (LaunchedServer server = launcher().start();
                OpenCodeServer agent = OpenCodeServer.of(server);
                AgentSession session = agent.open(PATIENT)) {
            assertThat(session.run("#echo alive").text()).endsWith("alive");
            kill(server);
            assertThat(server.exited().toCompletableFuture().get(Rig.BOUND.toSeconds(), TimeUnit.SECONDS))
                    .isEqualTo(137);
            saysThatTheProcessEnded(catchThrowable(() -> session.run("#echo dead")));
            saysThatTheProcessEnded(catchThrowable(agent::open));
            saysThatTheProcessEnded(catchThrowable(() -> agent.resume(session.id(), PATIENT)));
            assertThat(model.timesRun("#echo dead")).isZero();
        }
    }

    /** The server is stopped first, so that the request is surely under way when it dies. */
    @Test
    void aDeathWhileASessionIsOpenedIsTold() throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        try (LaunchedServer server = launcher().start();
                OpenCodeServer agent = OpenCodeServer.of(server.client()
                        .instrumentation((name, payload) -> {
                            sent.countDown();
                            return error -> {};
                        })
                        .build())) {
            long pid = server.process().pid();
            assertThat(new ProcessBuilder("kill", "-STOP", String.valueOf(pid))
                            .start()
                            .waitFor())
                    .isZero();
            CompletableFuture<Throwable> opening =
                    CompletableFuture.supplyAsync(() -> catchThrowable(agent::open), task -> new Thread(task).start());
            assertThat(sent.await(Rig.BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
            kill(server);
            saysThatTheProcessEnded(opening.get(Rig.BOUND.toSeconds(), TimeUnit.SECONDS));
        }
    }

    @Test
    void aDeathWhileItStartsIsTold(@TempDir Path folder) throws Exception {
        Path pid = folder.resolve("pid");
        Path script = Files.writeString(folder.resolve("opencode"), """
                #!/bin/sh
                echo $$ > '%s.new'
                mv '%s.new' '%s'
                exec '%s' "$@"
                """.formatted(pid, pid, pid, line.binary()));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        CompletableFuture<Throwable> starting = CompletableFuture.supplyAsync(
                () -> catchThrowable(() -> launcher().binary(script).start()), task -> new Thread(task).start());
        Eventually.holds("a process", Rig.BOUND, () -> Files.exists(pid));
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(ProcessHandle::destroyForcibly);
        assertThat(starting.get(Rig.BOUND.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("opencode serve ended with 137 before it was ready");
    }
}
