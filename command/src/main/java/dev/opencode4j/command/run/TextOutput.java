package dev.opencode4j.command.run;

import dev.opencode4j.command.exit.Complaint;
import dev.opencode4j.command.terminal.Plain;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.ErrorReported;
import dev.opencode4j.core.event.PartFinished;
import dev.opencode4j.core.event.PermissionAsked;
import dev.opencode4j.core.event.ReasoningDelta;
import dev.opencode4j.core.event.Reconnected;
import dev.opencode4j.core.event.ReplyObserver;
import dev.opencode4j.core.event.Retrying;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.core.event.TodosChanged;
import dev.opencode4j.core.event.ToolProgressed;
import dev.opencode4j.core.event.TurnEnded;
import dev.opencode4j.core.event.TurnFailed;
import dev.opencode4j.core.event.TurnInterrupted;
import dev.opencode4j.core.interaction.PermissionRequest;
import dev.opencode4j.core.part.TextPart;
import dev.opencode4j.core.part.Todo;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.reply.TurnResult;
import java.util.HashSet;
import java.util.Set;

/** The answer on the output as it comes; tools, thoughts and troubles on the error output. */
final class TextOutput implements Output, ReplyObserver {

    private final Screen screen;
    private final Detail detail;
    private final AnswerText answer;
    private final ToolLines tools;
    private final Set<String> shownRequests = new HashSet<>();
    private boolean ended;

    TextOutput(Screen screen, Detail detail) {
        this.screen = screen;
        this.detail = detail;
        answer = new AnswerText(screen);
        tools = new ToolLines(screen, detail);
    }

    @Override
    public synchronized void event(AgentEvent event) {
        if (!ended) accept(event);
    }

    @Override
    public void textDelta(TextDelta event) {
        answer.grow(event.partId(), event.text());
    }

    @Override
    public void partFinished(PartFinished event) {
        if (event.part() instanceof TextPart text) answer.settle(text);
        if (event.part() instanceof ToolPart tool) tools.show(tool);
    }

    @Override
    public void toolProgressed(ToolProgressed event) {
        tools.show(event.tool());
    }

    @Override
    public void reasoningDelta(ReasoningDelta event) {
        if (detail != Detail.QUIET) screen.thought(event.text());
    }

    @Override
    public void todosChanged(TodosChanged event) {
        if (detail == Detail.QUIET || event.todos().isEmpty()) return;
        long done = event.todos().stream()
                .filter(todo -> todo.status().equals("completed"))
                .count();
        String now = event.todos().stream()
                .filter(todo -> todo.status().equals("in_progress"))
                .map(Todo::content)
                .findFirst()
                .orElse("");
        screen.note(screen.style().dim("☑ " + done + '/' + event.todos().size() + "  " + Plain.line(now, 60)));
    }

    @Override
    public void permissionAsked(PermissionAsked event) {
        shownRequests.add(event.request().id());
    }

    @Override
    public void retrying(Retrying event) {
        screen.note(screen.style()
                .warning("↻ " + Plain.line(event.message(), 100) + " (try " + event.attempt()
                        + " failed; the next one is at " + event.next() + ")"));
    }

    @Override
    public void reconnected(Reconnected event) {
        if (detail == Detail.VERBOSE)
            screen.note("↻ reconnected after " + event.gap().toMillis() + " ms");
    }

    @Override
    public void errorReported(ErrorReported event) {
        if (detail == Detail.VERBOSE) screen.note(screen.style().warning(Complaint.of(event.error())));
    }

    @Override
    public void turnEnded(TurnEnded event) {
        ended = true;
        finishLines();
        event.result().rejections().permissions().forEach(this::tellUnasked);
        if (event instanceof TurnFailed failed) tell(failed.error());
        else if (event instanceof TurnInterrupted) screen.note(screen.style().warning("✗ interrupted"));
        else if (detail != Detail.QUIET) screen.note(screen.style().dim(summary(event.result())));
    }

    @Override
    public synchronized void failed(Throwable error) {
        if (ended) return;
        ended = true;
        finishLines();
        tell(error);
    }

    @Override
    public synchronized void interrupted() {
        if (ended) return;
        ended = true;
        finishLines();
        screen.note(screen.style().warning("✗ interrupted"));
    }

    /** Not every agent asks before it rejects. */
    private void tellUnasked(PermissionRequest rejected) {
        if (shownRequests.add(rejected.id())) screen.note(PermissionText.refusal(rejected));
    }

    private void finishLines() {
        screen.endErrorLine();
        screen.endAnswerLine();
    }

    private void tell(Throwable error) {
        screen.note(screen.style().bad(Complaint.of(error)));
    }

    private static String summary(TurnResult result) {
        return result.sessionId() + ", " + result.usage().total() + " tokens, $"
                + result.cost().stripTrailingZeros().toPlainString();
    }
}
