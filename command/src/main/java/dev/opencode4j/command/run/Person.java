package dev.opencode4j.command.run;

import dev.opencode4j.command.terminal.Caller;
import dev.opencode4j.command.terminal.Plain;
import dev.opencode4j.command.terminal.VisibleText;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.PermissionAsked;
import dev.opencode4j.core.event.PermissionReplied;
import dev.opencode4j.core.event.QuestionAnswered;
import dev.opencode4j.core.event.QuestionAsked;
import dev.opencode4j.core.event.QuestionRejected;
import dev.opencode4j.core.event.TurnEnded;
import dev.opencode4j.core.interaction.PermissionPolicy;
import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.interaction.PermissionRequest;
import dev.opencode4j.core.interaction.Question;
import dev.opencode4j.core.interaction.QuestionPolicy;
import dev.opencode4j.core.interaction.QuestionReply;
import dev.opencode4j.core.interaction.QuestionRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whoever sits at the terminal, asked one thing at a time; nobody, if there is no terminal. The policies wait for the
 * answers; the questions are asked when the turn's events come to them, after all that was to be shown before.
 */
final class Person {

    private static final int WIDTH = 200;
    private static final String INPUT_ENDED = "✗ rejected: the input has ended";

    private final Caller caller;
    private final Screen screen;
    private final RequestDialog dialog;
    private final Map<String, CompletableFuture<PermissionReply>> permissions = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<QuestionReply>> questions = new ConcurrentHashMap<>();
    private boolean asksPermissions;
    private boolean asksQuestions;

    Person(Caller caller, Screen screen) {
        this.caller = caller;
        this.screen = screen;
        this.dialog = new RequestDialog(screen);
    }

    /** Who answers to permissions. */
    PermissionPolicy permissions(Permissions wanted) {
        asksPermissions = wanted == Permissions.ASK && caller.canBeAsked();
        return switch (wanted) {
            case ONCE -> PermissionPolicy.once();
            case ALWAYS -> PermissionPolicy.always();
            case REJECT -> this::refuse;
            case ASK -> asksPermissions ? request -> replyTo(request.id(), permissions) : this::refuse;
        };
    }

    /** Who answers questions. */
    QuestionPolicy questions() {
        asksQuestions = caller.canBeAsked();
        return asksQuestions ? request -> replyTo(request.id(), questions) : this::refuse;
    }

    /** The policy and the turn's events ask for it, one after the other in any order. */
    private static <T> CompletableFuture<T> replyTo(String requestId, Map<String, CompletableFuture<T>> replies) {
        return replies.computeIfAbsent(requestId, id -> new CompletableFuture<>());
    }

    /** Asks what is asked, and no more what was answered elsewhere. Does not wait. */
    void event(AgentEvent event) {
        if (event instanceof PermissionAsked asked) ask(asked.request());
        else if (event instanceof QuestionAsked asked) ask(asked.request());
        else if (event instanceof PermissionReplied replied) dialog.end(replied.requestId());
        else if (event instanceof QuestionAnswered answered) dialog.end(answered.requestId());
        else if (event instanceof QuestionRejected rejected) dialog.end(rejected.requestId());
        else if (event instanceof TurnEnded) turnOver();
    }

    /** The turn needs no more answers. */
    void turnOver() {
        dialog.endAll();
    }

    private void ask(PermissionRequest request) {
        if (!asksPermissions) return;
        CompletableFuture<PermissionReply> reply = replyTo(request.id(), permissions);
        dialog.ask(request.id(), () -> reply.complete(decide(request)));
    }

    private void ask(QuestionRequest request) {
        if (!asksQuestions) return;
        CompletableFuture<QuestionReply> reply = replyTo(request.id(), questions);
        dialog.ask(request.id(), () -> reply.complete(answer(request)));
    }

    private CompletableFuture<PermissionReply> refuse(PermissionRequest request) {
        screen.note(PermissionText.refusal(request));
        return CompletableFuture.completedFuture(PermissionReply.REJECT);
    }

    private CompletableFuture<QuestionReply> refuse(QuestionRequest request) {
        for (Question question : request.questions()) {
            screen.note("✗ not answered: " + Plain.line(question.question(), WIDTH) + " (no terminal to ask at)");
        }
        return CompletableFuture.completedFuture(QuestionReply.REJECT);
    }

    private PermissionReply decide(PermissionRequest request) {
        while (dialog.isWaiting(request.id())) {
            String line = ask(new PermissionText(request, caller.columns()).question());
            if (line == null) return PermissionReply.REJECT;
            switch (line.strip().toLowerCase(Locale.ROOT)) {
                case "o", "once", "y", "yes" -> {
                    return PermissionReply.ONCE;
                }
                case "a", "always" -> {
                    return PermissionReply.ALWAYS;
                }
                case "r", "reject", "n", "no" -> {
                    return PermissionReply.REJECT;
                }
                default -> {
                    // Asked again: a typing error allows nothing.
                }
            }
        }
        return PermissionReply.REJECT;
    }

    /** The line that is typed; null, and a word about it, at the end of the input. */
    private @Nullable String ask(String question) {
        caller.discardTyped();
        screen.ask(question);
        String line = caller.readLine();
        if (line == null) screen.endQuestion(INPUT_ENDED);
        else screen.lineTyped();
        return line;
    }

    private QuestionReply answer(QuestionRequest request) {
        List<List<String>> answers = new ArrayList<>();
        for (Question question : request.questions()) {
            List<String> answer = dialog.isWaiting(request.id()) ? answer(question) : null;
            if (answer == null) return QuestionReply.REJECT;
            answers.add(answer);
        }
        return new QuestionReply(answers);
    }

    /** The labels whose numbers are typed, or the words that are; null for nothing. */
    private @Nullable List<String> answer(Question question) {
        StringBuilder text = new StringBuilder("? the agent asks\n").append(block(question.question()));
        List<Question.Option> options = question.options();
        for (int i = 0; i < options.size(); i++) {
            text.append("  ").append(i + 1).append(") ");
            text.append(VisibleText.line(options.get(i).label())).append('\n');
        }
        String form = question.multiple() ? "numbers with commas" : "a number";
        String line = ask(text + "  " + form + ", words of your own, or nothing to refuse: ");
        if (line == null || line.isBlank()) return null;
        return Choice.of(line.strip(), question);
    }

    private String block(String text) {
        return VisibleText.block(text, caller.columns());
    }
}
