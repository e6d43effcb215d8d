package dev.opencode4j.zen.internal.net;

/** A request that is under way, as its sender sees it. */
public interface Call {

    /** Lets go of the request and its connection, unless the answer is whole; nothing more is told. Any thread. */
    void cancel();
}
