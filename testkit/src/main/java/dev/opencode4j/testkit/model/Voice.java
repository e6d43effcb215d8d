package dev.opencode4j.testkit.model;

import java.io.IOException;

/** How an answer reaches the client: in chunks while it is made, or whole at its end. */
interface Voice {

    void say(String text) throws IOException;

    void think(String text) throws IOException;

    /** Calls the answer's next tool. */
    void call(String tool, String arguments) throws IOException, InterruptedException;

    /** Ends the answer, whose prompt had this many tokens. */
    void finish(String reason, int promptTokens) throws IOException;
}
