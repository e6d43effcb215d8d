package dev.opencode4j.command.run;

/** How much is told beside the answer. */
enum Detail {
    /** Tools and troubles: somebody reads a log. */
    QUIET,
    /** Thoughts, plans and the bill as well, and what is going on now: somebody watches. */
    WATCHED,
    /** All of it. */
    VERBOSE
}
