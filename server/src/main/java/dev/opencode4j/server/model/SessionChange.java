package dev.opencode4j.server.model;

import dev.opencode4j.core.argument.Arguments;
import dev.opencode4j.core.interaction.PermissionRule;
import dev.opencode4j.core.part.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is changed of a session; what is null stays. Begin with {@link #NONE}.
 *
 * @param title the new title, or null
 * @param appendedRules rules that are <em>appended</em> to the session's: send each policy once. Not on 1.2.27
 * @param metadata the new metadata, or null. Not on 1.2.27
 * @param archived when the session was archived, or null
 */
public record SessionChange(
        @Nullable String title,
        @Nullable List<PermissionRule> appendedRules,
        @Nullable Json metadata,
        @Nullable Instant archived) {

    /** Nothing is changed. */
    public static final SessionChange NONE = new SessionChange(null, null, null, null);

    /** Refuses a blank title. */
    public SessionChange {
        Arguments.textIfAny(title, "title");
        appendedRules = appendedRules == null ? null : List.copyOf(appendedRules);
    }

    /** The same with another title. */
    public SessionChange withTitle(String value) {
        return new SessionChange(value, appendedRules, metadata, archived);
    }

    /** The same with rules to append. */
    public SessionChange withAppendedRules(List<PermissionRule> value) {
        return new SessionChange(title, value, metadata, archived);
    }

    /** The same with other metadata. */
    public SessionChange withMetadata(Json value) {
        return new SessionChange(title, appendedRules, value, archived);
    }

    /** The same with the session archived at {@code value}. */
    public SessionChange withArchived(Instant value) {
        return new SessionChange(title, appendedRules, metadata, value);
    }
}
