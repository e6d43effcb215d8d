package dev.opencode4j.testkit.certify;

import dev.opencode4j.testkit.real.OpenCodeVersion;
import java.util.List;

/** The traps of OpenCode's protocol, and the versions in which the tests find them. */
enum Trap {
    UNKNOWN_AGENT(1, "An unknown agent is accepted, and no idle follows, ever"),
    FIRST_IDLE(2, "The first idle is not the end: each turn sends two"),
    OWN_WORDS(3, "The prompt comes back as a text part"),
    MESSAGE_IDS(4, "Message ids decide whether, and how often, the model runs", Versions.OLDER),
    SAME_ID_TWICE(5, "The same message id twice adds the part again and runs once"),
    BUSY_SESSION(6, "A prompt to a busy session waits, and idle comes once after both"),
    KILLED_SERVER(7, "After kill -9 the answer stays unfinished and its text is lost"),
    UNLISTABLE(8, "A session that had an output format can't list its messages", Versions.NEWER),
    NO_REPLAY(9, "What was sent while nobody listened is not sent again"),
    EVERYBODYS_EVENTS(10, "A stream carries every session's events: one stream for all turns"),
    ONE_FILE(11, "The platform package alone is one file");

    private final int number;
    private final String fact;
    private final List<OpenCodeVersion> versions;

    Trap(int number, String fact) {
        this(number, fact, OpenCodeVersion.certified());
    }

    Trap(int number, String fact, List<OpenCodeVersion> versions) {
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
        return versions.contains(version);
    }

    /** A constant of an enum can't be used by its own constructor's calls. */
    private static final class Versions {
        static final List<OpenCodeVersion> OLDER = List.of(OpenCodeVersion.V1_2_27, OpenCodeVersion.V1_15_13);
        static final List<OpenCodeVersion> NEWER = List.of(OpenCodeVersion.V1_15_13, OpenCodeVersion.V1_18_33);
    }
}
