package dev.opencode4j.zen.internal.net;

/** Is told an answer while it comes. */
interface AnswerSink {

    /** The answer begins. */
    void head(Head head);

    /** The next bytes of its body, which are the sink's during the call only. */
    void body(byte[] bytes, int offset, int length);
}
