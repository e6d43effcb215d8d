package dev.opencode4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.InterruptedTurnException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.server.internal.launch.FakeOpenCode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLauncherTest {

    @TempDir
    Path folder;

    private Path binary = Path.of("none");

    @BeforeEach
    void writeBinary() throws IOException, URISyntaxException {
        binary = binaryIn(folder);
    }

    static Path binaryIn(Path folder) throws IOException, URISyntaxException {
        Path classes = Path.of(FakeOpenCode.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        String script =
                "#!/bin/sh\necho $$ > '" + folder.resolve("pid.new") + "'\nmv '" + folder.resolve("pid.new") + "' '"
                        + folder.resolve("pid") + "'\nexec '" + java
                        + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '" + classes + "' "
                        + FakeOpenCode.class.getName() + " \"$@\"\n";
        Path file = Files.writeString(folder.resolve("opencode"), script);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private ServerLauncher fake(String mode) {
        return ServerLauncher.create()
                .binary(binary)
                .environment("FAKE", mode)
                .environment("MARKER", folder.resolve("marker").toString());
    }

    @Test
    void aServerIsStartedWithAPasswordThatIsTold() throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        Path work = Files.createDirectory(folder.resolve("work")).toRealPath();
        ProcessHandle process;
        try (LaunchedServer server = fake("").home(home)
                        .directory(work)
                        .environment("EXTRA", "more")
                        .start();
                OpenCodeClient client = server.client().build()) {
            process = server.process();
            assertThat(client.health().version()).isEqualTo("fake");
            assertThat(client.call("GET", "/environment", null))
                    .isEqualTo(Json.of(new Environment(home.toString(), work.toString(), "more")));
            assertThat(server.url().getHost()).isEqualTo("127.0.0.1");
            assertThat(server.url().getPort()).isNotEqualTo(4096);
            assertThat(server.log())
                    .contains("serve, --hostname, 127.0.0.1, --port")
                    .endsWith("password [redacted]");
            assertThat(server.exited().toCompletableFuture()).isNotDone();
        }
        assertThat(process.isAlive()).isFalse();
    }

    record Environment(String home, String directory, String extra) {}

    @Test
    void aServerThatEndsAtOnceIsQuotedWithoutItsSecrets() {
        assertThatThrownBy(() -> fake("exit")
                        .config(Json.parse(
                                "{\"provider\":{\"p\":{\"options\":{\"apiKey\":\"k3y-k3y\",\"url\":\"http://u\"}}}}"))
                        .environment("MY_TOKEN", "t0ken-t0ken")
                        .start())
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("ended with 7 before it was ready")
                .hasMessageContaining("http://u")
                .hasMessageContaining("password [redacted]")
                .hasMessageNotContaining("k3y-k3y")
                .hasMessageNotContaining("t0ken-t0ken");
    }

    @Test
    void aServerThatNeverAnswersIsEnded() throws IOException {
        Throwable error = catchThrowable(
                () -> fake("mute").readyWithin(Duration.ofSeconds(2)).start());
        assertThat(error).isInstanceOf(ConnectionException.class).hasMessageContaining("did not answer within 2000ms");
        assertThat(isRunning()).isFalse();
    }

    @Test
    void aServerThatLetsAnybodyInIsNotOurs() {
        assertThatThrownBy(() -> fake("open").readyWithin(Duration.ofSeconds(3)).start())
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("did not answer");
    }

    @Test
    void muchOutputNeitherBlocksNorFillsTheMemory() {
        try (LaunchedServer server = fake("noisy").start()) {
            assertThat(server.log()).endsWith("the last line").hasSizeLessThan(3_000);
        }
    }

    @Test
    void closingEndsTheWholeFamily() throws Exception {
        LaunchedServer server = fake("family").start();
        Matcher child = Pattern.compile("child (\\d+)").matcher(server.log());
        assertThat(child.find()).isTrue();
        ProcessHandle stubborn =
                ProcessHandle.of(Long.parseLong(child.group(1))).orElseThrow();
        List<ProcessHandle> family = server.process().descendants().toList();
        assertThat(family).contains(stubborn);
        server.close();
        server.close();
        for (ProcessHandle member : family) member.onExit().get(5, TimeUnit.SECONDS);
        assertThat(server.exited().toCompletableFuture().get(5, TimeUnit.SECONDS))
                .isNotZero();
    }

    @Test
    void anotherPortIsTriedWhenOneIsSnatchedAway() throws Exception {
        try (LaunchedServer server = fake("taken").start();
                OpenCodeClient client = server.client().build()) {
            assertThat(client.health().healthy()).isTrue();
            assertThat(folder.resolve("marker")).exists();
        } finally {
            Files.deleteIfExists(folder.resolve("marker"));
        }
    }

    @Test
    void anEndInTheMiddleIsReported() throws Exception {
        try (LaunchedServer server = fake("").start();
                OpenCodeClient client = server.client().build()) {
            ConnectionException underWay =
                    catchThrowableOfType(ConnectionException.class, () -> client.call("POST", "/die", null));
            assertThat(underWay)
                    .hasMessageStartingWith("POST /die")
                    .hasMessageContaining("the server process ended by itself with exit code 3; its log ends:\n")
                    .hasMessageContaining("password [redacted]");
            assertThat(underWay.isRetryable()).isFalse();
            ConnectionException later = catchThrowableOfType(ConnectionException.class, client::health);
            assertThat(later).isNotSameAs(underWay).hasMessageContaining("ended by itself with exit code 3");
            assertThat(catchThrowable(() -> client.awaitEvents(Duration.ofMinutes(1))))
                    .isInstanceOf(ConnectionException.class)
                    .hasMessageContaining("ended by itself with exit code 3");
            assertThat(server.exited().toCompletableFuture().get(10, TimeUnit.SECONDS))
                    .isEqualTo(3);
        }
    }

    @Test
    void aClientThatIsMadeAfterTheEndFailsAtOnceToo() throws Exception {
        LaunchedServer server = fake("").start();
        ClientBuilder builder = server.client();
        try (OpenCodeClient early = builder.build()) {
            server.close();
            server.exited().toCompletableFuture().get(20, TimeUnit.SECONDS);
            try (OpenCodeClient late = builder.build()) {
                assertThatThrownBy(late::health)
                        .isInstanceOf(ConnectionException.class)
                        .hasMessageContaining("was ended by its own program with exit code");
            }
            assertThatThrownBy(early::health)
                    .isInstanceOf(ConnectionException.class)
                    .hasMessageContaining("was ended by its own program");
        }
    }

    @Test
    void anInterruptedStartLeavesNothing() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread starter =
                new Thread(() -> thrown.set(catchThrowable(() -> fake("mute").start())));
        starter.start();
        ProcessHandle server = started();
        starter.interrupt();
        starter.join(20_000);
        assertThat(thrown.get()).isInstanceOf(InterruptedTurnException.class);
        server.onExit().get(20, TimeUnit.SECONDS);
    }

    private boolean isRunning() throws IOException {
        long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    /** The process, as soon as there is one. */
    private ProcessHandle started() throws Exception {
        Path pid = folder.resolve("pid");
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!Files.exists(pid)) {
            assertThat(System.nanoTime()).as("no process was started").isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
        return ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
    }

    @Test
    void badArgumentsAreNamed() {
        assertThatThrownBy(() -> ServerLauncher.create().binary(folder.resolve("none")))
                .hasMessageStartingWith("binary: ");
        assertThatThrownBy(() -> ServerLauncher.create().home(folder.resolve("none")))
                .hasMessageStartingWith("home: ");
        assertThatThrownBy(() -> ServerLauncher.create().directory(binary)).hasMessageStartingWith("directory: ");
        assertThatThrownBy(() -> ServerLauncher.create().environment("A=B", "c"))
                .hasMessageStartingWith("name: ");
        assertThatThrownBy(() -> ServerLauncher.create().readyWithin(Duration.ZERO))
                .hasMessageStartingWith("readyWithin: ");
    }
}
