package dev.opencode4j.testkit.impostor;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * An {@link Answer} in the making. Immutable: each method answers a copy that does one thing more, so a script can be
 * shared, stored and extended.
 *
 * <p>Every string given to {@link #text} or {@link #reasoning} is one delta. Text that follows a tool call belongs to a
 * new model step with a new message, as on a real server. A script that ends ends the turn with {@code finish: "stop"},
 * idle, and the stragglers.
 */
public final class Script implements Answer {

    enum Idle {
        TOLD,
        LATE,
        NEVER,
        /** The steps themselves say all that is said, from busy to idle. */
        RECORDED
    }

    private final List<Step> steps;
    private final String finish;
    private final Usage usage;
    private final Idle idle;

    private Script(List<Step> steps, String finish, Usage usage, Idle idle) {
        this.steps = List.copyOf(steps);
        this.finish = finish;
        this.usage = usage;
        this.idle = idle;
    }

    /** Says nothing yet. */
    static Script empty() {
        return new Script(List.of(), "stop", Usage.TYPICAL, Idle.TOLD);
    }

    /** Says some more text: one delta each, in the same part as the text before unless something came between. */
    public Script text(String first, String... more) {
        return stream("text", first, more);
    }

    /** Thinks: one delta each. */
    public Script reasoning(String first, String... more) {
        return stream("reasoning", first, more);
    }

    static Script replaying(Recording recording) {
        Stream<Step> events = recording.turnEvents().stream().map(event -> turn -> {
            turn.world()
                    .raw(turn.translated(event, recording), turn.conversation().directory());
            turn.proceed();
        });
        return new Script(events.toList(), "stop", Usage.TYPICAL, Idle.RECORDED)
                .then(turn -> turn.storeRecorded(recording));
    }

    private Script stream(String type, String first, String... more) {
        return then(Stream.concat(Stream.of(first), Stream.of(more))
                .map(delta -> (Step) turn -> turn.stream(type, delta))
                .toList());
    }

    /** Ends the part of text or reasoning that is open, so that what follows is another part. */
    public Script newPart() {
        return then(turn -> {
            turn.closeText();
            turn.proceed();
        });
    }

    /** Ends the model step and begins another one, with its own message, even if no tool was called. */
    public Script step() {
        return then(turn -> {
            turn.nextStep();
            turn.proceed();
        });
    }

    /** Calls a tool. */
    public Script tool(ToolCall call) {
        return then(ToolSteps.call(call));
    }

    /** Calls a tool that completes at once with that output. */
    public Script tool(String name, String output) {
        return tool(ToolCall.of(name).output(output));
    }

    /** Calls a tool that asks for permission first; a rejection ends the turn. */
    public Script askPermission(String tool, String... patterns) {
        return tool(
                ToolCall.of(tool).input("command", String.join("; ", patterns)).asks(patterns));
    }

    /** Asks the user, and waits for as long as it takes; a rejection ends the turn. */
    public Script askQuestion(Question... questions) {
        return then(ToolSteps.ask(List.of(questions)));
    }

    /** Writes the todo list. */
    public Script todos(Todo... todos) {
        return then(ToolSteps.todos(List.of(todos)));
    }

    /** Lets a sub-agent answer in a child session and goes on when that is idle. */
    public Script subAgent(String description, Answer answer) {
        return then(ToolSteps.subAgent(description, (Script) answer));
    }

    /** Ends the turn with that value as its structured output. */
    public Script structured(String json) {
        var value = Json.parse(json);
        return then(ToolSteps.structured(value));
    }

    /** Waits until the test opens that gate; see {@link Impostor#release}. */
    public Script hold(String gate) {
        return then(turn -> turn.world().gates().pass(gate, turn::proceed));
    }

    /** Waits for some time. Prefer {@link #hold}: it makes no test slow or flaky. */
    public Script pause(Duration time) {
        return then(turn -> turn.world().loop().schedule(time, turn::proceed));
    }

    /**
     * Sends an event of the test's making, as it is, to the streams of the session's directory. {@code $SESSION} in it
     * stands for the session's id.
     */
    public Script raw(String eventJson) {
        return then(turn -> {
            turn.world()
                    .raw(
                            eventJson.replace("$SESSION", turn.conversation().id()),
                            turn.conversation().directory());
            turn.proceed();
        });
    }

    /** Says that the provider failed and will be tried again, waits that long, and is busy again. */
    public Script retry(int attempt, String message, Duration wait) {
        return then(turn -> {
            ObjectNode retry =
                    Json.object().put("type", "retry").put("attempt", attempt).put("message", message);
            turn.world()
                    .announcer()
                    .retry(turn.conversation(), retry.put("next", System.currentTimeMillis() + wait.toMillis()));
            turn.world().loop().schedule(wait, () -> {
                if (!turn.isOver()) {
                    turn.world().announcer().busy(turn.conversation());
                    turn.proceed();
                }
            });
        });
    }

    /** Ends the turn with an error; the data are what Jackson makes of the map. */
    public Script fail(String name, Map<String, ?> data) {
        return then(turn -> {
            ObjectNode error = Json.object().put("name", name);
            error.set("data", Json.valueOf(data));
            turn.fail(error);
        });
    }

    /** Never ends: the session stays busy until it is aborted. */
    public Script never() {
        return then(turn -> {});
    }

    /** Ends with that reason instead of {@code stop}, such as {@code length}. */
    public Script finish(String reason) {
        return new Script(steps, reason, usage, idle);
    }

    /** Costs that much, for each step; {@link Usage#TYPICAL} by default. */
    public Script usage(Usage other) {
        return new Script(steps, finish, other, idle);
    }

    /** Ends without any idle event; {@code GET /session/status} tells the truth. */
    public Script withoutIdle() {
        return new Script(steps, finish, usage, Idle.NEVER);
    }

    /** Its idle events come only after the session's next turn has begun, as trap 2 has it. */
    public Script lateIdle() {
        return new Script(steps, finish, usage, Idle.LATE);
    }

    private Script then(Step step) {
        return then(List.of(step));
    }

    private Script then(List<Step> more) {
        return new Script(Stream.concat(steps.stream(), more.stream()).toList(), finish, usage, idle);
    }

    List<Step> steps() {
        return steps;
    }

    String finish() {
        return finish;
    }

    Usage usage() {
        return usage;
    }

    Idle idle() {
        return idle;
    }
}
