package dev.opencode4j.testkit.real;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A lock on a file that excludes other processes, and the other threads of this one. */
final class InstallLock {

    /** What is done while the lock is held. */
    interface Work {
        void run() throws IOException;
    }

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

    private InstallLock() {}

    /**
     * Waits for the lock and does the work. The system frees the lock when its holder dies.
     *
     * @throws IOException if the lock is not free within the time, or the work fails so
     */
    static void during(Path file, Duration atMost, Work work) throws IOException {
        try (FileChannel channel = FileChannel.open(file, CREATE, WRITE)) {
            long start = System.nanoTime();
            while (tryLock(channel) == null) {
                if (System.nanoTime() - start > atMost.toNanos()) {
                    throw new IOException("Another install still holds " + file + " after " + atMost);
                }
                Thread.sleep(BETWEEN_TRIES.toMillis());
            }
            work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for " + file, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByAnotherThread) {
            return null;
        }
    }
}
