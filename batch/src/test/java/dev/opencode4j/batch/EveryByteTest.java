package dev.opencode4j.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.batch.FakeAgent.Kind;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.work.RetryPolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The files of a real run as they are at each byte of what it writes: as {@code kill -9} may leave them. */
class EveryByteTest {

    private static final int PROMPTS = 2;

    @TempDir
    private Path folder;

    private Workshop workshop;

    @BeforeEach
    void prepare() {
        workshop = new Workshop(folder);
    }

    /** What was written, in order. */
    private record Write(boolean isResult, String id, String line) {}

    private List<Write> recorded(Kind kind) throws IOException {
        try (FakeAgent agent = FakeAgent.echo(kind);
                BatchRun run = workshop.batch(agent).parallel(1).build().start(Workshop.prompts(PROMPTS))) {
            run.result();
        }
        Map<String, String> results = new HashMap<>();
        for (String line : Files.readAllLines(workshop.results())) results.put(id(line), line);
        List<Write> writes = new ArrayList<>();
        for (String line : Files.readAllLines(workshop.ledger())) {
            if (line.contains("\"finished\"")) writes.add(new Write(true, id(line), results.get(id(line))));
            writes.add(new Write(false, id(line), line));
        }
        assertThat(writes).hasSize(3 * PROMPTS);
        return writes;
    }

    private static String id(String line) {
        return Json.parse(line).node().path("id").asString();
    }

    @ParameterizedTest
    @EnumSource
    void eachPromptHasOneResultAndNoneIsSentTwiceWithoutSayingSo(Kind kind) throws IOException {
        List<Write> writes = recorded(kind);
        ByteArrayOutputStream ledger = new ByteArrayOutputStream();
        ByteArrayOutputStream results = new ByteArrayOutputStream();
        Map<String, String> sessions = new HashMap<>();
        Set<String> finished = new HashSet<>();
        for (Write write : writes) {
            for (byte each : (write.line() + '\n').getBytes(StandardCharsets.UTF_8)) {
                resume(kind, ledger, results, sessions, finished);
                (write.isResult() ? results : ledger).write(each);
            }
            if (write.isResult()) finished.add(write.id());
            else if (write.line().contains("\"started\"")) sessions.put(write.id(), session(write.line()));
        }
        resume(kind, ledger, results, sessions, finished);
    }

    private static String session(String started) {
        return Json.parse(started).node().path("session").asString();
    }

    /** {@code sessions} are those of the prompts that may have been sent; the agent has got those prompts. */
    private void resume(
            Kind kind,
            ByteArrayOutputStream ledger,
            ByteArrayOutputStream results,
            Map<String, String> sessions,
            Set<String> finished)
            throws IOException {
        Files.write(workshop.ledger(), ledger.toByteArray());
        Files.write(workshop.results(), results.toByteArray());
        try (FakeAgent agent = FakeAgent.echo(kind)) {
            sessions.forEach((id, session) -> agent.remember(session, id));
            try (BatchRun run = workshop.batch(agent)
                    .resume()
                    .retry(RetryPolicy.NONE)
                    .build()
                    .start(Workshop.prompts(PROMPTS))) {
                run.result();
            }
            assertThat(workshop.byId()).hasSize(PROMPTS);
            for (int i = 1; i <= PROMPTS; i++) check("p" + i, kind, agent, sessions, finished);
        }
    }

    private void check(String id, Kind kind, FakeAgent agent, Map<String, String> sessions, Set<String> finished)
            throws IOException {
        JsonNode result = workshop.result(id);
        if (finished.contains(id)) {
            assertThat(agent.times(id)).as("%s is finished", id).isZero();
            assertThat(result.path("text").asString()).isEqualTo("echo " + id);
        } else if (!sessions.containsKey(id)) {
            assertThat(result.path("text").asString()).isEqualTo("echo " + id);
        } else if (kind == Kind.REATTACHING) {
            assertThat(agent.times(id)).as("%s was sent before", id).isZero();
            assertThat(result.path("text").asString()).isEqualTo("echo " + id);
        } else if (kind == Kind.WITH_TOOLS) {
            assertThat(agent.times(id)).as("%s may have run", id).isZero();
            boolean wasWholeButForItsEnd = result.path("status").asString().equals("completed");
            if (!wasWholeButForItsEnd) {
                assertThat(result.at("/error/class").asString()).isEqualTo("AmbiguousSubmitException");
            }
        } else if (agent.times(id) > 0) {
            assertThat(agent.times(id)).isEqualTo(1);
            assertThat(result.path("rerun").asBoolean()).as("%s says so", id).isTrue();
        }
    }
}
