package dev.opencode4j.command.run;

import dev.opencode4j.command.terminal.Caller;
import dev.opencode4j.command.terminal.Plain;
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
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Whoever sits at the terminal, asked one thing at a time; nobody, if there is no terminal. */
final class Person {

    private static final int WIDTH = 200;

    private final Caller caller;
    private final Screen screen;

    Person(Caller caller, Screen screen) {
        this.caller = caller;
        this.screen = screen;
    }

    /** Who answers to permissions. */
    PermissionPolicy permissions(Permissions wanted) {
        return switch (wanted) {
            case ONCE -> PermissionPolicy.once();
            case ALWAYS -> PermissionPolicy.always();
            case REJECT -> this::refuse;
            case ASK -> caller.canBeAsked() ? PermissionPolicy.asking(this::decide) : this::refuse;
        };
    }

    /** Who answers questions. */
    QuestionPolicy questions() {
        return caller.canBeAsked() ? QuestionPolicy.asking(this::answer) : this::refuse;
    }

    private CompletableFuture<PermissionReply> refuse(PermissionRequest request) {
        screen.note("✗ refused: " + what(request) + " (--permissions once or always allows it)");
        return CompletableFuture.completedFuture(PermissionReply.REJECT);
    }

    private CompletableFuture<QuestionReply> refuse(QuestionRequest request) {
        for (Question question : request.questions()) {
            screen.note("✗ not answered: " + Plain.line(question.question(), WIDTH) + " (no terminal to ask at)");
        }
        return CompletableFuture.completedFuture(QuestionReply.REJECT);
    }

    private static String what(PermissionRequest request) {
        return Plain.line(request.permission() + ' ' + String.join(", ", request.patterns()), WIDTH);
    }

    private synchronized PermissionReply decide(PermissionRequest request) {
        while (true) {
            screen.ask("? " + what(request) + "\n  allow [o]nce, [a]lways, or [r]eject: ");
            String line = caller.readLine();
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
    }

    private synchronized QuestionReply answer(QuestionRequest request) {
        List<List<String>> answers = new ArrayList<>();
        for (Question question : request.questions()) {
            List<String> answer = answer(question);
            if (answer == null) return QuestionReply.REJECT;
            answers.add(answer);
        }
        return new QuestionReply(answers);
    }

    /** The labels whose numbers are typed, or the words that are; null for nothing. */
    private @Nullable List<String> answer(Question question) {
        StringBuilder text = new StringBuilder("? " + Plain.line(question.question(), WIDTH) + '\n');
        List<Question.Option> options = question.options();
        for (int i = 0; i < options.size(); i++) {
            text.append("  ").append(i + 1).append(") ");
            text.append(Plain.line(options.get(i).label(), WIDTH)).append('\n');
        }
        String form = question.multiple() ? "numbers with commas" : "a number";
        screen.ask(text + "  " + form + ", words of your own, or nothing to refuse: ");
        String line = caller.readLine();
        if (line == null || line.isBlank()) return null;
        return Choice.of(line.strip(), question);
    }
}
