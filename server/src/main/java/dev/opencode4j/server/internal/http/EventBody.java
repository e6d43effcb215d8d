package dev.opencode4j.server.internal.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/** The body of an answer that does not end by itself. Closing it, from any thread, frees a reader that is blocked. */
final class EventBody extends FilterInputStream {

    private final Set<EventBody> open;

    /** The open body, which leaves the set {@code open} when it is closed. */
    EventBody(InputStream body, Set<EventBody> open) {
        super(body);
        this.open = open;
    }

    /** The beginning of a body that is no event stream; less when it breaks or is closed meanwhile. */
    byte[] beginning() {
        byte[] read = new byte[0];
        try {
            read = readNBytes(BoundedBody.REFUSAL);
        } catch (IOException e) {
            // The status alone must do.
        }
        return read;
    }

    void closeQuietly() {
        try {
            close();
        } catch (IOException e) {
            // It is given up in any case.
        }
    }

    @Override
    public void close() throws IOException {
        open.remove(this);
        super.close();
    }
}
