package dev.opencode4j.zen.internal.net;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes to and from the other side, over a connection that stands. On the loop's thread only; nothing blocks. */
interface Pipe {

    /** Makes the pipe ready; false if that is not done yet. */
    boolean open() throws IOException;

    /** Reads what is there: how many bytes, 0 if there is nothing for now, -1 at the end. */
    int read(ByteBuffer into) throws IOException;

    /** Whether there may be more after a read, of which the selector would say nothing. */
    boolean mayHoldMore(ByteBuffer read);

    /** Writes as much as goes. */
    void write(ByteBuffer from) throws IOException;

    /** What has to happen before it can go on: operations of a selection key. */
    int interest();

    /** Closes it, with the connection. */
    void close();
}
