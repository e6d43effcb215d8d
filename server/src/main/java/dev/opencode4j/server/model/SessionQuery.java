package dev.opencode4j.server.model;

import dev.opencode4j.core.argument.Arguments;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions are listed; the server puts those that changed last first. Begin with {@link #ALL}.
 *
 * @param limit how many at most, or null for the server's own limit (100 where it was seen)
 * @param updatedSince only those that changed at this time or later, or null
 * @param search only those whose title holds this, or null
 * @param kind which of the sessions
 */
public record SessionQuery(
        @Nullable Integer limit,
        @Nullable Instant updatedSince,
        @Nullable String search,
        Kind kind) {

    /** All that the server lists by itself. */
    public static final SessionQuery ALL = new SessionQuery(null, null, null, Kind.ANY);

    /** Refuses a limit that is not positive and a blank search. */
    public SessionQuery {
        if (limit != null) Arguments.positive(limit, "limit");
        Arguments.textIfAny(search, "search");
    }

    /** The same with a limit. */
    public SessionQuery withLimit(int value) {
        return new SessionQuery(value, updatedSince, search, kind);
    }

    /** The same without what has not changed since. */
    public SessionQuery withUpdatedSince(Instant value) {
        return new SessionQuery(limit, value, search, kind);
    }

    /** The same without titles that do not hold {@code value}. */
    public SessionQuery withSearch(String value) {
        return new SessionQuery(limit, updatedSince, value, kind);
    }

    /** The same without the sessions of sub-agents. */
    public SessionQuery withRootsOnly() {
        return new SessionQuery(limit, updatedSince, search, Kind.ROOTS);
    }

    /** Which sessions. */
    public enum Kind {
        /** All of them. */
        ANY,
        /** Those without a parent. */
        ROOTS
    }
}
