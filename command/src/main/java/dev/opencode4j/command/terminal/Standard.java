package dev.opencode4j.command.terminal;

/** A standard stream. */
public enum Standard {
    /** What is typed. */
    INPUT(0),
    /** What was asked for. */
    OUTPUT(1),
    /** What else there is to say. */
    ERROR(2);

    private final int descriptor;

    Standard(int descriptor) {
        this.descriptor = descriptor;
    }

    /** The number that a shell gives it. */
    public int descriptor() {
        return descriptor;
    }
}
