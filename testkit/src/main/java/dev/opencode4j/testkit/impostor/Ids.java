package dev.opencode4j.testkit.impostor;

import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Ids of OpenCode's form: a prefix, twelve hex digits that say when (the low 48 bits of the milliseconds times 4096,
 * plus a counter), and fourteen characters of base 62.
 */
final class Ids {

    private static final String BASE_62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final long LOW_48_BITS = 0xffff_ffff_ffffL;

    private final SplittableRandom random = new SplittableRandom();
    private long last;

    String message() {
        return ascending("msg_");
    }

    String part() {
        return ascending("prt_");
    }

    String permission() {
        return ascending("per_");
    }

    String question() {
        return ascending("que_");
    }

    String event() {
        return ascending("evt_");
    }

    /** Session ids run backwards, so that the newest sorts first. */
    String session() {
        return "ses_" + hex(~next() & LOW_48_BITS) + tail(14);
    }

    String call() {
        return "call_" + tail(12).toLowerCase(Locale.ROOT);
    }

    private String ascending(String prefix) {
        return prefix + hex(next()) + tail(14);
    }

    private long next() {
        last = Math.max(last + 1, System.currentTimeMillis() * 4096 + 1);
        return last & LOW_48_BITS;
    }

    private static String hex(long value) {
        String digits = Long.toHexString(value);
        return "0".repeat(12 - digits.length()) + digits;
    }

    private String tail(int length) {
        StringBuilder tail = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            tail.append(BASE_62.charAt(random.nextInt(62)));
        }
        return tail.toString();
    }
}
