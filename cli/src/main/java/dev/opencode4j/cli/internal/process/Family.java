package dev.opencode4j.cli.internal.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process and all that it started. Commands that an agent runs have process groups of their own, and those whose
 * parent is gone have no way back to it; on Linux they are found by a mark in their environment, elsewhere by descent
 * alone.
 */
final class Family {

    /** The variable that holds the mark. */
    static final String MARK = "OPENCODE4J_RUN";

    private static final Path PROC = Path.of("/proc");
    private static final Duration GRACE = Duration.ofMillis(250);
    private static final Duration DEATH = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private final ProcessHandle root;
    private final byte[] mark;
    private final Set<ProcessHandle> known = new LinkedHashSet<>();

    Family(ProcessHandle root, String mark) {
        this.root = root;
        this.mark = ('\0' + MARK + '=' + mark + '\0').getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Asks the root to end and kills who is left a moment later. Returns when all are gone, in the worst case after a bit
     * more than two seconds; an interrupt of the calling thread does not shorten it, and is kept.
     */
    synchronized void end() {
        boolean interrupted = Thread.interrupted();
        meet(); // Before the root dies: its orphans belong to another process then.
        if (root.isAlive()) {
            root.destroy();
            interrupted |= awaitEnd(root, GRACE);
        }
        long start = System.nanoTime();
        while (killWhoIsLeft() && System.nanoTime() - start < DEATH.toNanos()) {
            interrupted |= awaitEnd(known.iterator().next(), BETWEEN_LOOKS);
        }
        if (interrupted) Thread.currentThread().interrupt();
    }

    private boolean killWhoIsLeft() {
        meet();
        known.removeIf(process -> !process.isAlive());
        known.forEach(ProcessHandle::destroyForcibly);
        return !known.isEmpty();
    }

    private void meet() {
        if (root.isAlive()) known.add(root);
        for (ProcessHandle process : Set.copyOf(known)) process.descendants().forEach(known::add);
        if (Files.isDirectory(PROC.resolve("self"))) {
            ProcessHandle.allProcesses().filter(this::isMarked).forEach(known::add);
        }
    }

    /** False for a process that is gone, or is somebody else's. */
    private boolean isMarked(ProcessHandle process) {
        try {
            byte[] variables = Files.readAllBytes(
                    PROC.resolve(Long.toString(process.pid())).resolve("environ"));
            String text = '\0' + new String(variables, StandardCharsets.ISO_8859_1);
            return text.contains(new String(mark, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether the thread was interrupted meanwhile. */
    private static boolean awaitEnd(ProcessHandle process, Duration limit) {
        long start = System.nanoTime();
        boolean interrupted = false;
        while (true) {
            long left = limit.toNanos() - (System.nanoTime() - start);
            if (left <= 0) return interrupted;
            try {
                process.onExit().get(left, TimeUnit.NANOSECONDS);
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (TimeoutException | ExecutionException e) {
                return interrupted;
            }
        }
    }
}
