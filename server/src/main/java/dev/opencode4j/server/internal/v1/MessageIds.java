package dev.opencode4j.server.internal.v1;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;

/**
 * Makes message ids: {@code msg_}, 12 hex digits, 14 characters of base 62. The digits are the low 48 bits of the
 * milliseconds since 1970, times 4096, plus a counter.
 *
 * <p>1.2.27 and 1.15.13 compare a prompt's id with its answer's, which the server makes from its own clock, to see
 * whether there is work left: an id from a clock that is ahead makes the model run again and again, one that is behind
 * makes it not run at all. The successor of the session's highest id is right whatever the clocks say.
 */
public final class MessageIds {

    private static final String PREFIX = "msg_";
    private static final int HEX = 12;
    private static final int TAIL = 14;
    private static final int INDEX = 4;
    private static final long LOW_48 = (1L << 48) - 1;
    private static final String BASE_62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final SecureRandom RANDOM = new SecureRandom();

    private MessageIds() {}

    /** The id after {@code id}, the highest of its session. */
    public static String successor(String id) {
        int end = PREFIX.length() + HEX;
        if (!id.startsWith(PREFIX) || id.length() < end) return firstAfter(Instant.now());
        try {
            return of(Long.parseLong(id.substring(PREFIX.length(), end), 16) + 1);
        } catch (NumberFormatException notMade) {
            return firstAfter(Instant.now());
        }
    }

    /** An id for the first message of a session that was created then. */
    public static String firstAfter(Instant created) {
        return of(created.toEpochMilli() * 4096 + 1);
    }

    /**
     * The id of a message's part, which follows from the message's: a prompt that is posted again is the same prompt
     * then, part by part. Parts are kept in the order of their ids.
     */
    public static String part(String messageId, int index) {
        String rest = messageId.substring(PREFIX.length());
        String head = rest.length() == HEX + TAIL ? rest.substring(0, rest.length() - INDEX) : rest;
        return "prt_" + head + String.format(Locale.ROOT, "%0" + INDEX + "d", index);
    }

    private static String of(long stamp) {
        StringBuilder id = new StringBuilder(PREFIX).append(String.format(Locale.ROOT, "%012x", stamp & LOW_48));
        for (int i = 0; i < TAIL; i++) id.append(BASE_62.charAt(RANDOM.nextInt(BASE_62.length())));
        return id.toString();
    }
}
