package dev.opencode4j.testkit.impostor;

import java.util.Map;

/**
 * What the impostor does with one prompt.
 *
 * <pre>{@code
 * Answer.script()
 *     .reasoning("Let me think.")
 *     .text("I'll look. ")
 *     .askPermission("bash", "ls")
 *     .hold("before the end")
 *     .text("All ", "done.")
 * }</pre>
 */
public sealed interface Answer permits Script {

    /** An answer that says nothing yet. */
    static Script script() {
        return Script.empty();
    }

    /** An answer of that text, each string a delta. */
    static Script text(String first, String... more) {
        return script().text(first, more);
    }

    /** A turn that fails with an error of that name and message, such as {@code ProviderAuthError}. */
    static Script error(String name, String message) {
        return script().fail(name, Map.of("message", message));
    }

    /**
     * A turn as it was recorded from a real server, with the ids of this session and this prompt in place of the
     * recorded ones. Permissions and questions in it are answered as they were then.
     */
    static Script replay(Recording recording) {
        return Script.replaying(recording);
    }

    /** A turn that stays busy until it is aborted. */
    static Script never() {
        return script().never();
    }
}
