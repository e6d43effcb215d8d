package dev.opencode4j.command.batch;

/** Where a batch's progress is shown. For one thread, but for the end. */
interface Display extends AutoCloseable {

    /** Shows how far it is, or not, if it has shown that a moment ago. */
    void progress(Tally tally);

    /** Shows a line that stays. */
    void note(String line);

    /** Shows no more progress. */
    @Override
    void close();
}
