package dev.opencode4j.cli.internal.run;

import org.jspecify.annotations.Nullable;

/** A session's id, which OpenCode makes in the session's first run. Thread-safe. */
public final class SessionName {

    private volatile @Nullable String id;

    /** The name of a session that does not exist yet, or of this one. */
    public SessionName(@Nullable String id) {
        this.id = id;
    }

    /** The id is known now. */
    void is(String known) {
        id = known;
    }

    /** The id, or null while there is none. */
    public @Nullable String orNull() {
        return id;
    }

    /** The id; empty while there is none. */
    public String orEmpty() {
        String known = id;
        return known == null ? "" : known;
    }
}
