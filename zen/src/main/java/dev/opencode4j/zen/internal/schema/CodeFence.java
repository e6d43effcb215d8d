package dev.opencode4j.zen.internal.schema;

/** The fence of Markdown that many models put around JSON, although only JSON was asked for. */
final class CodeFence {

    private static final int SHORTEST = 3;

    private CodeFence() {}

    /** What stands in the fence if {@code text} is one fence and nothing else, or else the text; without blanks around. */
    static String content(String text) {
        String stripped = text.strip();
        int marks = marks(stripped);
        int end = stripped.length() - marks;
        if (marks < SHORTEST || end < marks || !stripped.startsWith(stripped.substring(0, marks), end)) return stripped;
        String inside = stripped.substring(marks, end);
        int lineEnd = inside.indexOf('\n');
        boolean isTagged = lineEnd >= 0 && isTag(inside.substring(0, lineEnd).strip());
        return (isTagged ? inside.substring(lineEnd) : inside).strip();
    }

    /** How many marks of a fence the text begins with. */
    private static int marks(String text) {
        if (!text.startsWith("`") && !text.startsWith("~")) return 0;
        int count = 1;
        while (count < text.length() && text.charAt(count) == text.charAt(0)) count++;
        return count;
    }

    /** Whether the fence's first line names a language, or nothing. */
    private static boolean isTag(String line) {
        return line.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '+');
    }
}
