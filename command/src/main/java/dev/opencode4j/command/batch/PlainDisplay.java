package dev.opencode4j.command.batch;

import dev.opencode4j.command.terminal.Out;
import java.time.Duration;

/** Lines, for logs and pipes: one every {@value #SECONDS} seconds. */
final class PlainDisplay implements Display {

    private static final int SECONDS = 10;

    private final Out out;
    private Duration last = Duration.ZERO;

    PlainDisplay(Out out) {
        this.out = out;
    }

    @Override
    public void progress(Tally tally) {
        if (tally.elapsed().minus(last).toSeconds() < SECONDS) return;
        last = tally.elapsed();
        out.line("batch: " + tally.line());
    }

    @Override
    public void note(String line) {
        out.line(line);
    }

    @Override
    public void close() {
        // Nothing is held back.
    }
}
