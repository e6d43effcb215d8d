package dev.opencode4j.command.run;

import dev.opencode4j.command.terminal.Caller;
import dev.opencode4j.command.terminal.Out;
import dev.opencode4j.command.terminal.Plain;
import dev.opencode4j.command.terminal.Standard;
import dev.opencode4j.command.terminal.Style;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the answer on the output and everything else on the error output, so that they do not run into each other where
 * both are the same screen. While something is asked, everything else is held back. Thread-safe.
 */
final class Screen {

    private final Out out;
    private final Out err;
    private final Style style;
    private final boolean outIsTerminal;
    private boolean outMidLine;
    private boolean errMidLine;
    private String unfinished = "";
    private @Nullable List<Runnable> heldBack;

    Screen(Caller caller) {
        out = caller.out();
        err = caller.err();
        style = caller.style(Standard.ERROR);
        outIsTerminal = caller.isTerminal(Standard.OUTPUT);
    }

    /** How the error output is coloured. */
    Style style() {
        return style;
    }

    /** Adds to the answer. */
    synchronized void answer(String text) {
        if (text.isEmpty() || isHeldBack(() -> answer(text))) return;
        breakErrorLine();
        out.print(outIsTerminal ? Plain.text(text) : text);
        outMidLine = !text.endsWith("\n");
    }

    /** Ends the answer's line, if one is begun. */
    synchronized void endAnswerLine() {
        if (isHeldBack(this::endAnswerLine)) return;
        breakAnswerLine();
    }

    private void breakAnswerLine() {
        if (outMidLine) out.print("\n");
        outMidLine = false;
    }

    /** A line of the output that is not an answer's. */
    synchronized void outputLine(String line) {
        if (outIsTerminal && isHeldBack(() -> outputLine(line))) return;
        out.line(line);
    }

    /** Adds to the thoughts. */
    synchronized void thought(String text) {
        if (isHeldBack(() -> thought(text))) return;
        if (!unfinished.isEmpty()) breakErrorLine();
        leaveAnswer();
        err.print(style.dim(Plain.text(text)));
        errMidLine = !text.endsWith("\n");
    }

    /** A line of the error output. */
    synchronized void note(String line) {
        if (isHeldBack(() -> note(line))) return;
        breakErrorLine();
        leaveAnswer();
        err.line(line);
    }

    /** From now on only what is asked is shown, until {@link #release}. */
    synchronized void hold() {
        if (heldBack == null) heldBack = new ArrayList<>();
    }

    /** Shows what was held back. */
    synchronized void release() {
        List<Runnable> output = heldBack;
        if (output == null) return;
        heldBack = null;
        output.forEach(Runnable::run);
    }

    private boolean isHeldBack(Runnable output) {
        if (heldBack == null) return false;
        heldBack.add(output);
        return true;
    }

    /** Asks something, at once; its line ends when one is typed, or with a word about why none is. */
    synchronized void ask(String question) {
        breakErrorLine();
        leaveAnswer();
        err.print(question);
        errMidLine = true;
    }

    /** Somebody has typed a line, and so ended the question's. */
    synchronized void lineTyped() {
        errMidLine = false;
    }

    /** Ends the question's line with a word about it, at once. */
    synchronized void endQuestion(String word) {
        breakErrorLine();
        err.line(word);
    }

    /** Begins a line that {@link #finish} completes. */
    synchronized void begin(String id, String line) {
        if (isHeldBack(() -> begin(id, line))) return;
        breakErrorLine();
        leaveAnswer();
        err.print(line);
        errMidLine = true;
        unfinished = id;
    }

    /** Completes the line, or writes it whole if something else has come between. */
    synchronized void finish(String id, String line, String end) {
        if (isHeldBack(() -> finish(id, line, end))) return;
        if (!unfinished.equals(id)) {
            note(line + end);
            return;
        }
        err.print(end + '\n');
        errMidLine = false;
        unfinished = "";
    }

    /** Ends the line of the error output, if one is begun. */
    synchronized void endErrorLine() {
        if (isHeldBack(this::endErrorLine)) return;
        breakErrorLine();
    }

    private void breakErrorLine() {
        if (errMidLine) err.print("\n");
        errMidLine = false;
        unfinished = "";
    }

    /** On a screen that shows both, the answer's line is ended; a file gets the answer alone. */
    private void leaveAnswer() {
        if (outIsTerminal) breakAnswerLine();
    }
}
