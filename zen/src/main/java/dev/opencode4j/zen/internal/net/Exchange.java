package dev.opencode4j.zen.internal.net;

import java.io.IOException;

/**
 * Is told what becomes of one request, on the loop's thread: nothing in it may block. After {@link #ended} and after
 * {@link #broke} it is told no more.
 */
public interface Exchange extends AnswerSink {

    /** The connection stands, and the request is on its way. */
    void sent();

    @Override
    void head(Head head);

    @Override
    void body(byte[] bytes, int offset, int length);

    /** The answer is whole. */
    void ended();

    /** There will be no more of the answer. */
    void broke(IOException cause);
}
