package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Timeouts;
import dev.opencode4j.core.work.Ticker;
import java.util.concurrent.Executor;

/**
 * What the pieces of a turn share.
 *
 * @param sessionId the session
 * @param options how its turns are run
 * @param upstream the server
 * @param ticker the time
 * @param mailbox where everything of the turn happens
 * @param executor runs the policies
 */
record TurnContext(
        String sessionId,
        SessionOptions options,
        Upstream upstream,
        Ticker ticker,
        Mailbox mailbox,
        Executor executor) {

    Timeouts timeouts() {
        return options.timeouts();
    }
}
