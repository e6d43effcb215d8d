package dev.opencode4j.command.agent;

/** By which way prompts reach OpenCode. */
public enum Via {
    /** A server, named or launched. */
    SERVER
}
