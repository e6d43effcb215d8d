package dev.opencode4j.zen.internal.turn;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes names that nothing else has; the protocol has none for conversations and messages. They guard nothing, so that
 * the system's secure numbers, which all threads queue for, are not spent on them.
 */
final class Ids {

    private static final HexFormat HEX = HexFormat.of();

    private Ids() {}

    static String next(String kind) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return kind + '_' + HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong());
    }
}
