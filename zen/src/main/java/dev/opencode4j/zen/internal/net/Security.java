package dev.opencode4j.zen.internal.net;

import java.security.NoSuchAlgorithmException;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** What is needed for TLS: whom to trust, and who does the arithmetic, which takes milliseconds. Thread-safe. */
public final class Security {

    private final Executor executor;
    private @Nullable SSLContext context;

    /** Trusts as {@code context} says; as the runtime does if that is null, which is only looked up when it is needed. */
    public Security(@Nullable SSLContext context, Executor executor) {
        this.context = context;
        this.executor = executor;
    }

    /** Reads what the runtime keeps in files, so that the loop need not. */
    void prepare() {
        context();
    }

    /** Whom to trust. */
    synchronized SSLContext context() {
        SSLContext known = context;
        if (known != null) return known;
        try {
            SSLContext usual = SSLContext.getDefault();
            context = usual;
            return usual;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the runtime has no TLS that works", e);
        }
    }

    /** Runs what takes long. */
    Executor executor() {
        return executor;
    }
}
