package dev.opencode4j.zen.internal.net;

import java.io.Closeable;
import java.io.IOException;

/** Lets go of what may be broken already. */
final class Sockets {

    private Sockets() {}

    static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Nobody is left who could be told.
        }
    }
}
