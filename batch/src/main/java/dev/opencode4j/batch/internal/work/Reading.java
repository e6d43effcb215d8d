package dev.opencode4j.batch.internal.work;

import dev.opencode4j.batch.OnBadLine;
import dev.opencode4j.batch.internal.input.Line;
import dev.opencode4j.batch.internal.input.Lines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the input on a thread of its own, for it may come from somebody who types, and no further ahead than there is
 * room.
 */
final class Reading {

    private final Lines lines;
    private final OnBadLine onBadLine;
    private final Semaphore room;
    private final Thread thread;
    private final Consumer<Line> each;
    private final Consumer<@Nullable Throwable> end;

    /**
     * A reading that has not begun.
     *
     * @param each is given each line, which takes a place until {@link #free}
     * @param end is told of the end, and of the failure that led to it if there was one
     */
    Reading(Lines lines, Settings settings, Consumer<Line> each, Consumer<@Nullable Throwable> end) {
        this.lines = lines;
        this.onBadLine = settings.onBadLine();
        this.room = new Semaphore(settings.held());
        this.each = each;
        this.end = end;
        this.thread = new Thread(this::read, "opencode4j-batch-input");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Gives a line's place free. */
    void free() {
        room.release();
    }

    /** Reads no further. A read that blocks may go on doing so, and is not heard. */
    void stop() {
        thread.interrupt();
    }

    private void read() {
        try {
            Line line;
            do {
                room.acquire();
                line = lines.next();
                if (line != null) each.accept(line);
            } while (line != null && !(line instanceof Line.Bad && onBadLine == OnBadLine.STOP));
            end.accept(null);
        } catch (InterruptedException e) {
            end.accept(null);
        } catch (IOException e) {
            end.accept(new UncheckedIOException("the input can't be read: " + e.getMessage(), e));
        } catch (RuntimeException | Error e) {
            end.accept(e);
        }
    }
}
