package dev.opencode4j.zen.internal.turn;

import dev.opencode4j.core.part.Json;
import dev.opencode4j.zen.internal.schema.SchemaValidator;
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
 * @param schemas what the arguments of each have to follow, by the tool's name
 * @param choice whether the model has to call one at first, or null to leave that to the other side
 * @param maxRounds how many answers with calls a turn may have
 */
public record Toolbox(
        List<FunctionTool> functions,
        List<ToolDefinition> definitions,
        Map<String, SchemaValidator> schemas,
        @Nullable ToolChoice choice,
        int maxRounds) {

    /** Keeps copies of the collections. */
    public Toolbox {
        functions = List.copyOf(functions);
        definitions = List.copyOf(definitions);
        schemas = Map.copyOf(schemas);
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
                schemas,
                choice,
                maxRounds);
    }

    /** The same with the choice left to the other side. */
    Toolbox freely() {
        return new Toolbox(functions, definitions, schemas, null, maxRounds);
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

    /** What is wrong with the arguments of a call; empty if they follow the tool's schema, or there is no such tool. */
    Optional<String> mismatch(String name, Json arguments) {
        SchemaValidator schema = schemas.get(name);
        return schema == null ? Optional.empty() : schema.mismatch(arguments);
    }

    boolean isCallers(String name) {
        return definitions.stream().anyMatch(tool -> tool.name().equals(name));
    }
}
