package dev.opencode4j.zen.internal.turn;

import java.util.UUID;

/** Makes names that nothing else has; the protocol has none for conversations and messages. */
final class Ids {

    private Ids() {}

    static String next(String kind) {
        return kind + '_' + UUID.randomUUID().toString().replace("-", "");
    }
}
