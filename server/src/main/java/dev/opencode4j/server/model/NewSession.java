package dev.opencode4j.server.model;

import dev.opencode4j.core.argument.Arguments;
import dev.opencode4j.core.interaction.PermissionRule;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.prompt.Model;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a session is created. Immutable; begin with {@link #BLANK} or {@link #titled}. What is null is left to the
 * server; 1.2.27 knows only title, rules and parent, and passes over the rest.
 *
 * @param title the title, or null
 * @param rules the permission rules, the last match winning; an empty list is sent as one
 * @param parentId the session whose child it is, or null
 * @param agent the agent's name, or null
 * @param model the model, or null
 * @param metadata an object to keep with the session, or null
 * @param workspaceId the workspace, or null
 */
public record NewSession(
        @Nullable String title,
        @Nullable List<PermissionRule> rules,
        @Nullable String parentId,
        @Nullable String agent,
        @Nullable Model model,
        @Nullable Json metadata,
        @Nullable String workspaceId) {

    /** Everything is left to the server. */
    public static final NewSession BLANK = new NewSession(null, null, null, null, null, null, null);

    /** Refuses blanks. */
    public NewSession {
        Arguments.textIfAny(title, "title");
        Arguments.textIfAny(parentId, "parentId");
        Arguments.textIfAny(agent, "agent");
        Arguments.textIfAny(workspaceId, "workspaceId");
        rules = rules == null ? null : List.copyOf(rules);
    }

    /** A session with a title. */
    public static NewSession titled(String title) {
        return BLANK.withTitle(title);
    }

    /** The same with a title. */
    public NewSession withTitle(String value) {
        return new NewSession(value, rules, parentId, agent, model, metadata, workspaceId);
    }

    /** The same with permission rules. */
    public NewSession withRules(List<PermissionRule> value) {
        return new NewSession(title, value, parentId, agent, model, metadata, workspaceId);
    }

    /** The same as a child of another session. */
    public NewSession withParent(String value) {
        return new NewSession(title, rules, value, agent, model, metadata, workspaceId);
    }

    /** The same with an agent. */
    public NewSession withAgent(String value) {
        return new NewSession(title, rules, parentId, value, model, metadata, workspaceId);
    }

    /** The same with a model. */
    public NewSession withModel(Model value) {
        return new NewSession(title, rules, parentId, agent, value, metadata, workspaceId);
    }

    /** The same with an object to keep with the session. */
    public NewSession withMetadata(Json value) {
        return new NewSession(title, rules, parentId, agent, model, value, workspaceId);
    }

    /** The same in a workspace. */
    public NewSession withWorkspace(String value) {
        return new NewSession(title, rules, parentId, agent, model, metadata, value);
    }
}
