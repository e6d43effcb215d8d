package dev.opencode4j.zen.tool;

import dev.opencode4j.core.part.Json;
import java.util.Objects;

/**
 * A Java function that the model may call. It is run for the caller, on a thread of its own, one call at a time within a
 * turn; turns of other sessions may run it at the same moment.
 *
 * <p>When the turn is interrupted or runs out of time that thread is interrupted; the turn ends at once, and what the
 * function returns later is dropped.
 *
 * @param definition what the model is told of it
 * @param code what is run
 */
public record FunctionTool(ToolDefinition definition, Code code) {

    /** What a tool does. */
    @FunctionalInterface
    public interface Code {

        /**
         * Does it.
         *
         * @param arguments an object that follows the tool's schema
         * @return what the model is told
         * @throws Exception its message is told to the model, which may go on; the call's part has failed
         */
        String call(Json arguments) throws Exception;
    }

    /** Refuses nulls. */
    public FunctionTool {
        Objects.requireNonNull(definition, "definition");
        Objects.requireNonNull(code, "code");
    }

    /** A tool; see {@link ToolDefinition} for what its name may be. */
    public static FunctionTool of(String name, String description, Json parameters, Code code) {
        return new FunctionTool(new ToolDefinition(name, description, parameters), code);
    }
}
