package dev.opencode4j.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.testkit.junit.LatestReal;
import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.real.OpenCodeVersion;
import dev.opencode4j.testkit.real.RealCommandLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same commands by other ways than a server. */
class ViaTest {

    private static final String PROMPTS = """
            {"id":"a","prompt":"Say something #words=3"}
            {"id":"b","prompt":"Say something #words=4"}
            """;

    @TempDir
    private Path folder;

    private static Console bare(ScriptedModel model) {
        return new Console().with("OPENAI_BASE_URL", model.baseUri().toString());
    }

    @Test
    void aBareModelAnswersAPrompt() {
        try (ScriptedModel model = ScriptedModel.start()) {
            Console.Result result = bare(model).run("run", "--via", "zen", "--json", "Say something #words=3");
            assertThat(result.code()).as(result.err()).isZero();
            assertThat(LastLineTest.end(result).path("text").asString().split(" "))
                    .hasSize(3);
            assertThat(result.err()).contains("the model at " + model.baseUri());
        }
    }

    @Test
    void aBareModelAnswersABatch() throws Exception {
        Path prompts = Files.writeString(folder.resolve("prompts.jsonl"), PROMPTS);
        Path results = folder.resolve("results.jsonl");
        try (ScriptedModel model = ScriptedModel.start()) {
            Console.Result result =
                    bare(model).run("batch", prompts.toString(), "--out", results.toString(), "--via", "zen");
            assertThat(result.code()).as(result.err()).isZero();
            assertThat(results)
                    .content()
                    .contains("\"id\":\"a\"", "\"id\":\"b\"")
                    .doesNotContain("\"failed\"");
        }
    }

    @Test
    void nobodyCanBeAskedButThroughAServer() {
        try (ScriptedModel model = ScriptedModel.start()) {
            Console.Result result = bare(model).run("run", "--via", "zen", "--permissions", "ask", "Hi");
            assertThat(result.code()).isEqualTo(2);
            assertThat(result.err()).contains("only a server can ask");
            assertThat(model.requests()).isEmpty();
        }
    }

    @Test
    void theDemoIsAServer() {
        Console.Result result = new Console().run("run", "--via", "cli", "--demo", "Hi");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("--via");
    }

    @LatestReal
    void theCommandLineAnswersAPrompt(OpenCodeVersion version) throws Exception {
        try (ScriptedModel model = ScriptedModel.start();
                RealCommandLine line = RealCommandLine.create(version, model)) {
            Path configuration = Files.createDirectories(line.home().resolve(".config/opencode"));
            Files.writeString(configuration.resolve("opencode.json"), line.config());
            Map<String, String> environment = new HashMap<>(line.environment());
            environment.put("OPENCODE_BIN", line.binary().toString());
            try (Child child = Child.start(
                    folder,
                    environment,
                    "run",
                    "--via",
                    "cli",
                    "--dir",
                    line.directory().toString(),
                    "Say something #words=5")) {
                assertThat(String.join(" ", child.rest()).strip().split(" ")).hasSize(5);
                assertThat(child.err()).contains("run for each turn");
            }
            assertThat(line.processes()).isEmpty();
        }
    }
}
