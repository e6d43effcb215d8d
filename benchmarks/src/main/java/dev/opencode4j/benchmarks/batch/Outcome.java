package dev.opencode4j.benchmarks.batch;

import dev.opencode4j.core.part.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What a round came to.
 *
 * @param lines lines of results
 * @param ids different ids in them
 * @param completed prompts that were answered
 * @param ambiguous prompts of which nobody can say whether they ran, and whose result says so
 * @param reruns results that say that their prompt may have been sent twice
 * @param twice prompts that came more than once
 * @param secretly prompts that came more than once, or not at all, and whose result does not say so
 */
record Outcome(long lines, int ids, int completed, int ambiguous, int reruns, int twice, int secretly) {

    static Outcome read(Path results, int round, int prompts, Witness witness) throws IOException {
        Map<String, JsonNode> byId = new HashMap<>();
        long lines = 0;
        for (String line : Files.readAllLines(results)) {
            JsonNode node = Json.parse(line).node();
            byId.put(node.path("id").asString(), node);
            lines++;
        }
        int completed = 0;
        int ambiguous = 0;
        int reruns = 0;
        int twice = 0;
        int secretly = 0;
        for (int i = 0; i < prompts; i++) {
            JsonNode result = byId.get(Integer.toString(i));
            if (result == null) continue;
            boolean isCompleted = result.path("status").asString().equals("completed");
            boolean isAmbiguous = result.at("/error/class").asString("").equals("AmbiguousSubmitException");
            boolean isRerun = result.path("rerun").asBoolean(false);
            int times = witness.times(BatchKill.prompt(round, i));
            if (isCompleted) completed++;
            if (isAmbiguous) ambiguous++;
            if (isRerun) reruns++;
            if (times > 1) twice++;
            if ((times > 1 && !isRerun) || (times == 0 && !isAmbiguous)) secretly++;
        }
        return new Outcome(lines, byId.size(), completed, ambiguous, reruns, twice, secretly);
    }

    boolean isAsPromised(int prompts) {
        return lines == prompts && ids == prompts && completed + ambiguous == prompts && secretly == 0;
    }

    String row() {
        return lines + " | " + completed + " | " + ambiguous + " | " + reruns + " | " + twice + " | " + secretly;
    }
}
