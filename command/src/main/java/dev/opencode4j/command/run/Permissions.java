package dev.opencode4j.command.run;

/** What {@code --permissions} may be. */
enum Permissions {
    /** Ask whoever sits at the terminal. */
    ASK,
    /** Allow each request. */
    ONCE,
    /** Allow each request and what is like it. */
    ALWAYS,
    /** Refuse each request. */
    REJECT
}
