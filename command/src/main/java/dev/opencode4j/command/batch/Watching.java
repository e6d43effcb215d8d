package dev.opencode4j.command.batch;

import dev.opencode4j.batch.BadLine;
import dev.opencode4j.batch.BatchFailure;
import dev.opencode4j.batch.BatchListener;
import dev.opencode4j.batch.BatchProgress;
import dev.opencode4j.batch.BatchResult;
import dev.opencode4j.command.terminal.Plain;
import dev.opencode4j.core.error.AgentException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Tells a display what a batch does. */
final class Watching implements BatchListener {

    private static final int WIDTH = 300;

    private final Display display;
    private final long total;
    private final long start = System.nanoTime();

    Watching(Display display, long total) {
        this.display = display;
        this.total = total;
    }

    Tally tally(BatchProgress progress) {
        return new Tally(progress, total, Duration.ofNanos(System.nanoTime() - start));
    }

    @Override
    public void finished(BatchResult result, BatchProgress progress) {
        BatchFailure error = result.error();
        if (error != null) note("✗ " + result.id() + ": " + error.type() + ": " + error.message());
        display.progress(tally(progress));
    }

    @Override
    public void finishedBefore(String id, BatchProgress progress) {
        display.progress(tally(progress));
    }

    @Override
    public void badLine(BadLine line, BatchProgress progress) {
        note("✗ " + line);
        display.progress(tally(progress));
    }

    @Override
    public void tryingAgain(String id, AgentException error, Duration pause) {
        note("↻ " + id + ": " + error.reason() + "; again in " + pause.toSeconds() + "s");
    }

    @Override
    public void coolingDown(String provider, Instant until) {
        note("… " + provider + ": nothing is sent before " + until.truncatedTo(ChronoUnit.SECONDS));
    }

    private void note(String text) {
        display.note(Plain.line(text, WIDTH));
    }
}
