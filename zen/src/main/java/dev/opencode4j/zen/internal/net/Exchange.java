package dev.opencode4j.zen.internal.net;

import java.io.IOException;

/**
 * Is told what becomes of one request, on the loop's thread: nothing in it may block. After {@link #ended} and after
 * {@link #broke} it is told no more, but that things have settled.
 */
public interface Exchange extends AnswerSink {

    /** The connection stands, and the request is on its way. */
    void sent();

    /** More of the answer has come and is about to be told; {@link #settled} follows. */
    void gathering();

    /**
     * After {@link #gathering}, also when the answer is over by now: all that had come, to any connection, has been told.
     * A good moment to wake others, who would get in each other's way before.
     */
    void settled();

    /** The answer is whole. */
    void ended();

    /** There will be no more of the answer. */
    void broke(IOException cause);
}
