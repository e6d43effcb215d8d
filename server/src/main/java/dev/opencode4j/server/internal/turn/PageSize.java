package dev.opencode4j.server.internal.turn;

/**
 * How many messages are read at once, from the newest back. A message comes with its attachments, which may be large, and
 * what is looked for is usually among the last two: an answer and its prompt. So pages begin small, and grow for sessions
 * where it is not.
 *
 * <p>A page that holds a prompt with a schema can't be read on 1.15.13 and 1.18.33 (trap 8); from there on messages are
 * read one by one.
 */
final class PageSize {

    private static final int FIRST = 2;
    private static final int GROWTH = 4;
    private static final int LARGEST = 32;

    private int size = FIRST;

    int get() {
        return size;
    }

    /** A page was read, and another one is needed. */
    void grow() {
        if (size > 1) size = Math.min(size * GROWTH, LARGEST);
    }

    boolean isSingle() {
        return size == 1;
    }

    /** A page can't be read: one message at a time from now on. */
    void single() {
        size = 1;
    }
}
