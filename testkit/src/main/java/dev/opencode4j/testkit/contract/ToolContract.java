package dev.opencode4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.PartAdded;
import dev.opencode4j.core.event.PartFinished;
import dev.opencode4j.core.event.ToolProgressed;
import dev.opencode4j.core.part.Part;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.part.ToolStatus;
import dev.opencode4j.core.prompt.Prompt;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tools of the agent's own show what they are given and what they put out. */
interface ToolContract {

    @Test
    default void aToolRunsAndCompletes(Scene scene) {
        String word = Scene.word();
        if (!scene.can().tools()) {
            String cue = scene.model().says("without");
            scene.isUnsupported(
                    cue, () -> scene.complete(Prompt.builder(cue).enable("bash").build()));
            return;
        }
        Told told = scene.complete(scene.model().callsTool(word, "used it"));
        assertTrue(told.text().endsWith("used it"), told::text);
        List<ToolPart> tools = told.result().reply().tools();
        assertEquals(1, tools.size(), () -> "tools " + tools);
        ToolPart tool = tools.get(0);
        assertEquals(ToolStatus.COMPLETED, tool.status());
        assertFalse(tool.input().isEmpty(), "whether the input is empty");
        assertTrue(String.valueOf(tool.output()).contains(word), () -> "output " + tool.output());
        List<ToolStatus> statuses = statuses(told, tool.id());
        assertEquals(ToolStatus.COMPLETED, statuses.get(statuses.size() - 1));
        if (scene.can().streaming()) assertTrue(statuses.contains(ToolStatus.RUNNING), statuses::toString);
    }

    private static List<ToolStatus> statuses(Told told, String partId) {
        return told.events().stream()
                .flatMap(event -> tool(event).stream())
                .filter(tool -> tool.id().equals(partId))
                .map(ToolPart::status)
                .toList();
    }

    static void readUntilRunning(Iterator<AgentEvent> events, List<AgentEvent> read) {
        do read.add(events.next());
        while (tool(read.get(read.size() - 1))
                .filter(tool -> tool.status().equals(ToolStatus.RUNNING))
                .isEmpty());
    }

    private static Optional<ToolPart> tool(AgentEvent event) {
        Part part = null;
        if (event instanceof PartAdded added) part = added.part();
        if (event instanceof PartFinished finished) part = finished.part();
        if (event instanceof ToolProgressed progressed) part = progressed.tool();
        return part instanceof ToolPart tool ? Optional.of(tool) : Optional.empty();
    }
}
