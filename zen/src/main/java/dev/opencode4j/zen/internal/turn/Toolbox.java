package dev.opencode4j.zen.internal.turn;

import dev.opencode4j.zen.tool.FunctionTool;
import dev.opencode4j.zen.tool.ToolChoice;
import dev.opencode4j.zen.tool.ToolDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the model may call.
 *
 * @param functions what is run here
 * @param definitions what the caller sees to
 * @param choice whether the model has to call one at first, or null to leave that to the other side
 * @param maxRounds how many answers with calls a turn may have
 */
public record Toolbox(
        List<FunctionTool> functions,
        List<ToolDefinition> definitions,
        @Nullable ToolChoice choice,
        int maxRounds) {

    /** Keeps copies of the lists. */
    public Toolbox {
        functions = List.copyOf(functions);
        definitions = List.copyOf(definitions);
    }

    /** The same without those that are switched off by name. */
    Toolbox without(Map<String, Boolean> switches) {
        if (!switches.containsValue(false)) return this;
        return new Toolbox(
                functions.stream()
                        .filter(tool -> switches.getOrDefault(tool.definition().name(), true))
                        .toList(),
                definitions.stream()
                        .filter(tool -> switches.getOrDefault(tool.name(), true))
                        .toList(),
                choice,
                maxRounds);
    }

    /** The same with the choice left to the other side. */
    Toolbox freely() {
        return new Toolbox(functions, definitions, null, maxRounds);
    }

    /** What the model is told of. */
    public List<ToolDefinition> all() {
        List<ToolDefinition> all = new ArrayList<>(definitions);
        functions.forEach(tool -> all.add(tool.definition()));
        return all;
    }

    Optional<FunctionTool> function(String name) {
        return functions.stream()
                .filter(tool -> tool.definition().name().equals(name))
                .findFirst();
    }

    boolean isCallers(String name) {
        return definitions.stream().anyMatch(tool -> tool.name().equals(name));
    }
}
