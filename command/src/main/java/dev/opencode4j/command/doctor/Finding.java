package dev.opencode4j.command.doctor;

/**
 * What a check has found.
 *
 * @param mark how it looks
 * @param subject what was looked at, in a word or two
 * @param words what was found
 * @param advice what to do about it; empty if there is nothing
 */
record Finding(Mark mark, String subject, String words, String advice) {

    enum Mark {
        GOOD("✓"),
        NOTE("!"),
        BAD("✗"),
        SKIPPED("-");

        private final String sign;

        Mark(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }
    }

    static Finding good(String subject, String words) {
        return new Finding(Mark.GOOD, subject, words, "");
    }

    /** Something to know that is no fault. */
    static Finding note(String subject, String words, String advice) {
        return new Finding(Mark.NOTE, subject, words, advice);
    }

    static Finding bad(String subject, String words, String advice) {
        return new Finding(Mark.BAD, subject, words, advice);
    }

    static Finding skipped(String subject, String words) {
        return new Finding(Mark.SKIPPED, subject, words, "");
    }

    boolean isBad() {
        return mark == Mark.BAD;
    }
}
