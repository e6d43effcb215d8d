package dev.opencode4j.command.run;

import dev.opencode4j.command.terminal.Caller;
import dev.opencode4j.command.terminal.Out;
import dev.opencode4j.command.terminal.Plain;
import dev.opencode4j.command.terminal.Standard;
import dev.opencode4j.command.terminal.Style;

/**
 * Puts the answer on the output and everything else on the error output, so that they do not run into each other where
 * both are the same screen. Thread-safe.
 */
final class Screen {

    private final Out out;
    private final Out err;
    private final Style style;
    private final boolean outIsTerminal;
    private boolean outMidLine;
    private boolean errMidLine;
    private String unfinished = "";

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
        if (text.isEmpty()) return;
        endErrorLine();
        out.print(outIsTerminal ? Plain.text(text) : text);
        outMidLine = !text.endsWith("\n");
    }

    /** Ends the answer's line, if one is begun. */
    synchronized void endAnswerLine() {
        if (outMidLine) out.print("\n");
        outMidLine = false;
    }

    /** Adds to the thoughts. */
    synchronized void thought(String text) {
        if (!unfinished.isEmpty()) endErrorLine();
        leaveAnswer();
        err.print(style.dim(Plain.text(text)));
        errMidLine = !text.endsWith("\n");
    }

    /** A line of the error output. */
    synchronized void note(String line) {
        endErrorLine();
        leaveAnswer();
        err.line(line);
    }

    /** Asks something; the answer ends the line. */
    synchronized void ask(String question) {
        endErrorLine();
        leaveAnswer();
        err.print(question);
    }

    /** Begins a line that {@link #finish} completes. */
    synchronized void begin(String id, String line) {
        endErrorLine();
        leaveAnswer();
        err.print(line);
        errMidLine = true;
        unfinished = id;
    }

    /** Completes the line, or writes it whole if something else has come between. */
    synchronized void finish(String id, String line, String end) {
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
        if (errMidLine) err.print("\n");
        errMidLine = false;
        unfinished = "";
    }

    /** On a screen that shows both, the answer's line is ended; a file gets the answer alone. */
    private void leaveAnswer() {
        if (outIsTerminal) endAnswerLine();
    }
}
