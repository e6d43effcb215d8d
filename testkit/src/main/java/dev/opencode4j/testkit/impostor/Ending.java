package dev.opencode4j.testkit.impostor;

/** The ways in which a connection can come to its end. */
public enum Ending {
    /** The socket is closed in the middle of the answer (FIN, no last chunk): a client should see an early end of file. */
    ABRUPT,
    /** The socket is reset (RST): a client should see an I/O error. */
    RESET,
    /** The answer is ended properly with its last chunk, then the socket is closed. */
    CLEAN
}
