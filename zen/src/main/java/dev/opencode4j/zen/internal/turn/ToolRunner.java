package dev.opencode4j.zen.internal.turn;

import dev.opencode4j.core.event.ToolProgressed;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.part.ToolStatus;
import dev.opencode4j.core.work.TurnWriter;
import dev.opencode4j.zen.internal.wire.Message;
import dev.opencode4j.zen.internal.wire.ToolCall;
import dev.opencode4j.zen.tool.FunctionTool;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Runs what the model calls, one after the other, each on a thread of its own: so the turn's thread always hears that it
 * is to stop, whatever a function does with an interrupt. The model is told of everything that goes wrong, and may go on.
 */
final class ToolRunner {

    /**
     * What came of the calls of one answer.
     *
     * @param results what the model is told
     * @param waiting what the caller has to see to
     */
    record Ran(List<Message> results, List<ToolCall> waiting) {}

    private final Toolbox tools;
    private final TurnWriter writer;
    private final ExecutorService executor;

    ToolRunner(Toolbox tools, TurnWriter writer, ExecutorService executor) {
        this.tools = tools;
        this.writer = writer;
        this.executor = executor;
    }

    Ran run(Round round) throws InterruptedException {
        List<Message> results = new ArrayList<>();
        List<ToolCall> waiting = new ArrayList<>();
        List<ToolPart> parts = round.toolParts();
        List<ToolCall> calls = round.calls();
        for (int i = 0; i < calls.size(); i++) {
            ToolCall call = calls.get(i);
            Optional<String> result = run(call, parts.get(i));
            if (result.isPresent()) results.add(Message.tool(call.id(), result.get()));
            else waiting.add(call);
        }
        return new Ran(results, waiting);
    }

    /** What the model is told of it; empty if the caller sees to it. */
    private Optional<String> run(ToolCall call, ToolPart pending) throws InterruptedException {
        Json arguments;
        try {
            arguments = arguments(call.arguments());
        } catch (IllegalArgumentException e) {
            return Optional.of(failed(pending, "Invalid tool arguments: " + e.getMessage()));
        }
        ToolPart running = pending.toBuilder()
                .input(arguments)
                .status(ToolStatus.RUNNING)
                .startedAt(Instant.now())
                .build();
        Optional<String> mismatch = tools.mismatch(call.name(), arguments);
        if (mismatch.isPresent()) {
            return Optional.of(
                    failed(running, "Invalid tool arguments: they do not follow the tool's schema: " + mismatch.get()));
        }
        if (tools.isCallers(call.name())) {
            writer.tell(new ToolProgressed(running));
            return Optional.empty();
        }
        Optional<FunctionTool> tool = tools.function(call.name());
        if (tool.isEmpty()) return Optional.of(failed(running, "Unknown tool: " + call.name()));
        writer.tell(new ToolProgressed(running));
        return Optional.of(run(tool.get(), running));
    }

    private String run(FunctionTool tool, ToolPart running) throws InterruptedException {
        Future<String> call = executor.submit(
                () -> Objects.requireNonNull(tool.code().call(running.input()), "the tool returned null"));
        try {
            String output = call.get();
            writer.tell(new ToolProgressed(running.toBuilder()
                    .status(ToolStatus.COMPLETED)
                    .output(output)
                    .finishedAt(Instant.now())
                    .build()));
            return output;
        } catch (InterruptedException e) {
            call.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            return failed(running, "The tool failed: " + e.getCause());
        }
    }

    private String failed(ToolPart part, String why) {
        writer.tell(new ToolProgressed(part.toBuilder()
                .status(ToolStatus.ERROR)
                .error(why)
                .finishedAt(Instant.now())
                .build()));
        return why;
    }

    /** No arguments are an empty object to some models. */
    private static Json arguments(String text) {
        if (text.isBlank()) return Json.EMPTY;
        Json arguments = Json.parse(text);
        if (!arguments.node().isObject()) throw new IllegalArgumentException("they must be one JSON object");
        return arguments;
    }
}
