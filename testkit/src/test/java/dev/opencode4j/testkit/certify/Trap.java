package dev.opencode4j.testkit.certify;

import dev.opencode4j.testkit.real.OpenCodeVersion;

/** The traps of OpenCode's protocol, and the one certified version, if any, in which the tests do not find it. */
enum Trap {
    UNKNOWN_AGENT(1, "An unknown agent is accepted, and no idle follows, ever"),
    FIRST_IDLE(2, "The first idle is not the end: each turn sends two"),
    OWN_WORDS(3, "The prompt comes back as a text part"),
    MESSAGE_IDS(4, "Message ids decide whether, and how often, the model runs", "1.18.33"),
    SAME_ID_TWICE(5, "The same message id twice adds the part again and runs once"),
    BUSY_SESSION(6, "A prompt to a busy session waits, and idle comes once after both"),
    KILLED_SERVER(7, "After kill -9 the answer stays unfinished and its text is lost"),
    UNLISTABLE(8, "A session that had an output format can't list its messages", "1.2.27"),
    NO_REPLAY(9, "What was sent while nobody listened is not sent again"),
    EVERYBODYS_EVENTS(10, "A stream carries every session's events: one stream for all turns"),
    ONE_FILE(11, "The platform package alone is one file");

    private final int number;
    private final String fact;
    private final String exception;

    Trap(int number, String fact) {
        this(number, fact, "");
    }

    Trap(int number, String fact, String exception) {
        this.number = number;
        this.fact = fact;
        this.exception = exception;
    }

    int number() {
        return number;
    }

    String fact() {
        return fact;
    }

    boolean holdsOn(OpenCodeVersion version) {
        return !version.number().equals(exception);
    }
}
