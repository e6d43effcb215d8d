package dev.opencode4j.testkit.certify;

import dev.opencode4j.testkit.real.OpenCodeVersion;
import dev.opencode4j.testkit.real.VersionRange;

/** The traps of OpenCode's protocol, and the versions in which the tests find it. */
enum Trap {
    UNKNOWN_AGENT(1, "An unknown agent is accepted, and no idle follows, ever"),
    FIRST_IDLE(2, "The first idle is not the end: each turn sends two"),
    OWN_WORDS(3, "The prompt comes back as a text part"),
    MESSAGE_IDS(4, "Message ids decide whether, and how often, the model runs", "before 1.18"),
    SAME_ID_TWICE(5, "The same message id twice adds the part again and runs once"),
    BUSY_SESSION(6, "A prompt to a busy session waits, and idle comes once after both"),
    KILLED_SERVER(7, "After kill -9 the answer stays unfinished and its text is lost"),
    UNLISTABLE(8, "A session that had an output format can't list its messages", "since 1.15"),
    NO_REPLAY(9, "What was sent while nobody listened is not sent again"),
    EVERYBODYS_EVENTS(10, "A stream carries every session's events: one stream for all turns"),
    ONE_FILE(11, "The platform package alone is one file");

    private final int number;
    private final String fact;
    private final String versions;

    Trap(int number, String fact) {
        this(number, fact, "since 0");
    }

    Trap(int number, String fact, String versions) {
        this.number = number;
        this.fact = fact;
        this.versions = versions;
    }

    int number() {
        return number;
    }

    String fact() {
        return fact;
    }

    boolean holdsOn(OpenCodeVersion version) {
        return VersionRange.parse(versions).includes(version);
    }
}
