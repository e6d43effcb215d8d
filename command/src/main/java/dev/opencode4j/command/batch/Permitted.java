package dev.opencode4j.command.batch;

import dev.opencode4j.core.interaction.PermissionPolicy;

/** What {@code --permissions} may be where nobody is asked. */
enum Permitted {
    /** Allow each request. */
    ONCE,
    /** Allow each request and what is like it. */
    ALWAYS,
    /** Refuse each request. */
    REJECT;

    PermissionPolicy policy() {
        return switch (this) {
            case ONCE -> PermissionPolicy.once();
            case ALWAYS -> PermissionPolicy.always();
            case REJECT -> PermissionPolicy.reject();
        };
    }
}
