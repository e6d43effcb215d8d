package dev.opencode4j.command.run;

import dev.opencode4j.command.terminal.Plain;
import dev.opencode4j.command.terminal.VisibleText;
import dev.opencode4j.core.interaction.PermissionRequest;
import dev.opencode4j.core.part.Json;

/**
 * What a permission is asked for, in words.
 *
 * @param request the request
 * @param columns how wide the terminal is
 */
record PermissionText(PermissionRequest request, int columns) {

    private static final int SUMMARY = 200;

    /** More lines than a screen has: the first ones may be out of sight. */
    private static final int SCREEN = 20;

    /** The whole of it, and what each answer allows. */
    String question() {
        String what = what();
        return "? " + VisibleText.line(request.permission()) + what + always() + scrolled(what)
                + "  allow [o]nce, [a]lways, or [r]eject: ";
    }

    private String what() {
        if (request.command().isPresent())
            return " asks to run\n" + block(request.command().get());
        if (request.diff().isPresent()) {
            return " asks to change " + VisibleText.line(String.join(", ", request.patterns())) + '\n'
                    + block(request.diff().get());
        }
        String unknown = request.permission().equals("bash") ? "; the whole command is not known, only its parts" : "";
        return " asks for permission" + unknown + '\n' + block(String.join("\n", request.patterns()))
                + json("with", request.metadata())
                + json("called with", request.details().input());
    }

    private String json(String introduction, Json json) {
        return json.isEmpty() ? "" : "  " + introduction + '\n' + block(json.text());
    }

    private String always() {
        return request.always().isEmpty()
                ? "  \"always\" allows no more than \"once\"\n"
                : "  \"always\" also allows, from now on and without a question, whatever matches\n"
                        + block(String.join("\n", request.always()));
    }

    private static String scrolled(String what) {
        long lines = what.lines().count();
        return lines > SCREEN ? "  these are " + lines + " lines: scroll up to see them all\n" : "";
    }

    private String block(String text) {
        return VisibleText.block(text, columns);
    }

    /** The line that tells of a refusal, and how to allow it. It may be cut: nobody decides by it. */
    static String refusal(PermissionRequest request) {
        String what = request.command().orElseGet(() -> String.join(", ", request.patterns()));
        return "✗ refused: " + Plain.line(request.permission() + ' ' + what, SUMMARY)
                + " (--permissions once or always allows it)";
    }
}
