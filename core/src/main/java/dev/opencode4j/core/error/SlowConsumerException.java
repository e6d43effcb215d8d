package dev.opencode4j.core.error;

/** The consumer of a turn's or a server's events fell so far behind that it was cut off; a turn itself went on. */
public final class SlowConsumerException extends AgentException {

    private static final long serialVersionUID = 1L;

    /** A consumer that left {@code waiting} events lying. */
    public SlowConsumerException(int waiting) {
        super(
                "the consumer was cut off with " + waiting + " events waiting",
                null,
                "Read events faster, raise the event buffer, or use the turn's result alone.",
                null);
    }

    private SlowConsumerException(SlowConsumerException other) {
        super(other);
    }

    @Override
    protected SlowConsumerException duplicate() {
        return new SlowConsumerException(this);
    }
}
