package dev.opencode4j.server.model;

import dev.opencode4j.core.interaction.PermissionRule;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.prompt.Model;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session as a server tells of it.
 *
 * @param id the id
 * @param title the title; empty when it has none
 * @param parentId the session whose sub-agent this one is, or null
 * @param directory the directory it works in
 * @param created when it was created, by the server's clock; null when not told
 * @param updated when it was last changed; null when not told
 * @param archived when it was archived, or null
 * @param agent the agent of its prompts, or null
 * @param model the model of its prompts, or null
 * @param rules the rules that decide without asking, the last match winning
 * @param metadata what was said of it when it was created (not on 1.2.27)
 * @param raw everything as it was received
 */
public record Session(
        String id,
        String title,
        @Nullable String parentId,
        String directory,
        @Nullable Instant created,
        @Nullable Instant updated,
        @Nullable Instant archived,
        @Nullable String agent,
        @Nullable Model model,
        List<PermissionRule> rules,
        Json metadata,
        Json raw) {

    /** Keeps a copy of the list. */
    public Session {
        rules = List.copyOf(rules);
    }

    @Override
    public String toString() {
        return "Session[" + id + ", " + title + ']';
    }
}
