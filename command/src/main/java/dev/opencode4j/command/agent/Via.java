package dev.opencode4j.command.agent;

/** By which way prompts reach an agent. */
public enum Via {
    /** A server, named or launched. */
    SERVER,
    /** OpenCode's command line, a process for each turn. */
    CLI,
    /** A bare model behind chat completions. */
    ZEN
}
