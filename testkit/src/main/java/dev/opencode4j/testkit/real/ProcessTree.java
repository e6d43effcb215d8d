package dev.opencode4j.testkit.real;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A server's process and everything that it started.
 *
 * <p>A tool's command whose shell is gone has no parent that leads back to the server. It still has the server's HOME,
 * which is nobody else's, so on Linux the tree is also found by that.
 */
record ProcessTree(ProcessHandle root, Path home) {

    private static final Path PROC = Path.of("/proc");
    private static final Duration DEATH = Duration.ofSeconds(10);

    /**
     * Kills all with SIGKILL and waits until they are gone.
     *
     * @throws IllegalStateException if one is still there after ten seconds
     */
    void kill() {
        // The root first: it starts no more.
        List<ProcessHandle> descendants = root.descendants().toList();
        root.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
        long start = System.nanoTime();
        List<ProcessHandle> left = living();
        while (!left.isEmpty()) {
            if (System.nanoTime() - start > DEATH.toNanos()) {
                throw new IllegalStateException("Still alive " + DEATH + " after SIGKILL: " + left);
            }
            left.forEach(ProcessHandle::destroyForcibly);
            Thread.yield();
            left = living();
        }
    }

    /** Those of the tree that are alive. */
    List<ProcessHandle> living() {
        List<ProcessHandle> living = new ArrayList<>();
        if (root.isAlive()) {
            living.add(root);
            living.addAll(root.descendants().toList());
        }
        withHome(home).filter(process -> !living.contains(process)).forEach(living::add);
        return living;
    }

    /** The processes that have this HOME; none where the system does not tell. */
    static Stream<ProcessHandle> withHome(Path home) {
        if (!Files.isDirectory(PROC.resolve("self"))) {
            return Stream.empty();
        }
        return ProcessHandle.allProcesses()
                .filter(process -> environment(process)
                        .filter(environment -> environment.contains("\0HOME=" + home + "\0"))
                        .isPresent());
    }

    /** Empty for a process that is gone, waits for its parent, or is somebody else's. */
    private static Optional<String> environment(ProcessHandle process) {
        try {
            byte[] variables = Files.readAllBytes(PROC.resolve(process.pid() + "/environ"));
            return Optional.of("\0" + new String(variables, UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
