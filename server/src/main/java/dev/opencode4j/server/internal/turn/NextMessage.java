package dev.opencode4j.server.internal.turn;

/**
 * Where the next message of a session goes.
 *
 * @param id an id higher than every one in the session
 * @param isBehindOthers whether the session is at work: the server runs the message when that is done
 */
public record NextMessage(String id, boolean isBehindOthers) {}
