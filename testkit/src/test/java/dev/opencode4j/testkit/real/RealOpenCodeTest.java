package dev.opencode4j.testkit.real;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opencode4j.testkit.junit.EachRealVersion;
import dev.opencode4j.testkit.junit.LatestReal;
import dev.opencode4j.testkit.model.Answer;
import dev.opencode4j.testkit.model.ScriptedModel;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import tools.jackson.databind.JsonNode;

class RealOpenCodeTest {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static ScriptedModel model;

    @BeforeAll
    static void start() {
        model = ScriptedModel.start();
    }

    @AfterAll
    static void stop() {
        model.close();
    }

    @EachRealVersion
    void runs_a_prompt_once_survives_a_kill_and_leaves_nothing_behind(OpenCodeVersion version) throws Exception {
        String marker = "life-" + version;
        RealOpenCode server = RealOpenCode.start(version, model);
        Path root = server.directory().getParent();
        List<ProcessHandle> tree;
        try (server) {
            ServerRequests requests = new ServerRequests(server);
            String session = requests.createSession();
            assertThat(requests.prompt(session, "#echo " + marker).statusCode()).isEqualTo(204);
            model.awaitRun(marker, BOUND);
            requests.awaitIdle(session);
            assertThat(model.timesRun(marker)).isEqualTo(1);
            assertThat(texts(requests.get("/session/" + session + "/message"))).contains("You said: #echo " + marker);

            URI address = server.baseUri();
            server.kill();
            assertThat(server.processes()).isEmpty();
            assertThatThrownBy(() -> requests.get("/global/health")).isInstanceOf(IOException.class);
            server.kill();

            server.restart();
            assertThat(server.baseUri()).isEqualTo(address);
            assertThat(texts(requests.get("/session/" + session + "/message"))).contains("You said: #echo " + marker);

            requests.prompt(session, "#hold=never-" + version);
            model.awaitHeld("never-" + version, BOUND);
            tree = server.processes();
            assertThat(tree).isNotEmpty();
            assertThat(server.toString() + server.log()).doesNotContain(server.password());
        }
        assertThat(server.processes()).isEmpty();
        assertThat(tree).noneMatch(ProcessHandle::isAlive);
        assertThat(root).doesNotExist();
        server.close();
    }

    @EachRealVersion
    void kills_the_commands_of_tools_too(OpenCodeVersion version) throws Exception {
        String word = "sleeper" + version.number().replace('.', '_');
        model.on(
                word,
                request -> Answer.empty()
                        .call(
                                "bash",
                                Map.of(
                                        "command",
                                        "(setsid sleep 300 &) ; touch started; sleep 300",
                                        "description",
                                        "Sleep")));
        try (RealOpenCode server =
                RealOpenCode.builder(version, model).permission("bash", "allow").start()) {
            ServerRequests requests = new ServerRequests(server);
            requests.prompt(requests.createSession(), "#" + word);
            awaitFile(server.directory().resolve("started"));
            assertThat(server.processes()).hasSizeGreaterThan(2);

            server.kill();

            assertThat(server.processes()).isEmpty();
        }
    }

    @EachRealVersion
    void writes_into_its_own_directory_and_asks_before_commands(OpenCodeVersion version) throws Exception {
        try (RealOpenCode server = RealOpenCode.start(version, model)) {
            ServerRequests requests = new ServerRequests(server);
            String session = requests.createSession();
            requests.prompt(session, "#write write-" + version);
            model.awaitRun("write-" + version, BOUND);
            requests.awaitIdle(session);
            assertThat(server.directory().resolve("hello.txt")).hasContent("hello file\n");

            requests.prompt(session, "#bash bash-" + version);
            awaitPermission(requests, "bash");
        }
    }

    @EachRealVersion
    void quotes_the_log_of_a_server_that_does_not_get_ready(OpenCodeVersion version) {
        assertThatThrownBy(() -> RealOpenCode.builder(version, model)
                        .startTime(Duration.ofMillis(50))
                        .start())
                .isInstanceOf(StartException.class)
                .hasMessageContaining(version + " was not ready within PT0.05S");
    }

    @LatestReal
    void the_end_of_the_jvm_closes_what_a_test_left_open(OpenCodeVersion version) throws Exception {
        Process forgetful = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Forgetful.class.getName(),
                        version.number())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(forgetful.getInputStream().readAllBytes(), UTF_8);

        assertThat(forgetful.waitFor()).isZero();
        String[] told = output.strip().split(" ", -1);
        assertThat(told).hasSize(2);
        assertThat(Path.of(told[0])).doesNotExist();
        assertThat(ProcessHandle.of(Long.parseLong(told[1]))).isEmpty();
    }

    /** Starts a server, tells its directory and process id, and ends without closing it. */
    static final class Forgetful {

        private Forgetful() {}

        public static void main(String[] version) {
            RealOpenCode server = RealOpenCode.start(new OpenCodeVersion(version[0]), ScriptedModel.start());
            System.out.println(
                    server.directory() + " " + server.processes().get(0).pid());
        }
    }

    private static void awaitPermission(ServerRequests requests, String permission) throws Exception {
        long start = System.nanoTime();
        while (!requests.get("/permission")
                .path(0)
                .path("permission")
                .asString("")
                .equals(permission)) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
            Thread.sleep(20);
        }
    }

    private static void awaitFile(Path file) throws InterruptedException {
        long start = System.nanoTime();
        while (!Files.exists(file)) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
            Thread.sleep(20);
        }
    }

    private static List<String> texts(JsonNode messages) {
        return messages.findValuesAsString("text");
    }
}
