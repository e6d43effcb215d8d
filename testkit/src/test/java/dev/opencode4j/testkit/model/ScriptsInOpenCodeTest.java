package dev.opencode4j.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.testkit.junit.EachRealVersion;
import dev.opencode4j.testkit.real.RealOpenCode;
import dev.opencode4j.testkit.real.ServerRequests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** OpenCode understands what the scripts say: the words that need nobody's answer, played through a real server. */
class ScriptsInOpenCodeTest {

    private static final Duration BOUND = Duration.ofSeconds(60);

    @EachRealVersion
    void plays_words_and_tools(RealOpenCode server, ScriptedModel model) throws Exception {
        ServerRequests requests = new ServerRequests(server);

        assertThat(parts(requests, model, "#utf8 in-opencode-1")).contains("text héllo 🌍 日本語 𝕏");
        assertThat(parts(requests, model, "#reason in-opencode-2"))
                .contains("reasoning Let me think.", "text The answer is 42.");
        assertThat(parts(requests, model, "#todo in-opencode-3"))
                .contains("tool todowrite completed", "text All done after 2 tools.");
        assertThat(parts(requests, model, "#badtool in-opencode-4")).contains("tool invalid completed");
        assertThat(parts(requests, model, "#task in-opencode-5"))
                .contains("tool task completed", "text All done after 1 tools.");
        assertThat(parts(requests, model, "#length in-opencode-6")).contains("text cut off");
        for (int prompt = 1; prompt <= 6; prompt++) {
            assertThat(model.timesRun("in-opencode-" + prompt)).isEqualTo(1);
        }
    }

    private static List<String> parts(ServerRequests requests, ScriptedModel model, String prompt) throws Exception {
        String session = requests.createSession();
        assertThat(requests.prompt(session, prompt).statusCode()).isEqualTo(204);
        model.awaitRun(prompt, BOUND);
        requests.awaitIdle(session);
        List<String> parts = new ArrayList<>();
        for (JsonNode message : requests.get("/session/" + session + "/message")) {
            for (JsonNode part : message.path("parts")) {
                String what = part.path("type").asString().equals("tool")
                        ? part.path("tool").asString() + " "
                                + part.at("/state/status").asString()
                        : part.path("text").asString("");
                parts.add(part.path("type").asString() + " " + what);
            }
        }
        return parts;
    }
}
