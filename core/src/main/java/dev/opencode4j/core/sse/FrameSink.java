package dev.opencode4j.core.sse;

/** Takes what an {@link SseParser} finds. Called on the thread that feeds the parser; must not block. */
public interface FrameSink {

    /** An event's data. The bytes are the sink's only during the call. */
    void frame(byte[] buffer, int offset, int length);

    /** An event larger than the bound was thrown away. */
    void oversized();
}
