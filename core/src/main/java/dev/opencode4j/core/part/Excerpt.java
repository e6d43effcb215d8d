package dev.opencode4j.core.part;

/** The beginning of a text that may be too long to keep. */
public final class Excerpt {

    private static final String CUT = "...";

    private Excerpt() {}

    /**
     * {@code text} if it has at most {@code limit} characters, else its beginning and {@code ...}, together no more.
     *
     * @param limit at least 4
     */
    public static String of(String text, int limit) {
        if (text.length() <= limit) return text;
        int end = limit - CUT.length();
        if (Character.isHighSurrogate(text.charAt(end - 1))) end--;
        return text.substring(0, end) + CUT;
    }
}
