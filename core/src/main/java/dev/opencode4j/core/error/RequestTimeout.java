package dev.opencode4j.core.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One request was not answered in time. Reads may be tried again; a prompt may have arrived. */
public final class RequestTimeout extends TimeoutException {

    private static final long serialVersionUID = 1L;

    /** The duration {@code limit} ran out. */
    public RequestTimeout(Duration limit, @Nullable Where where) {
        super("no answer", limit, where, "Raise the request timeout if the server is slow.");
    }

    private RequestTimeout(RequestTimeout other) {
        super(other);
    }

    @Override
    protected RequestTimeout duplicate() {
        return new RequestTimeout(this);
    }
}
