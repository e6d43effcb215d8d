package dev.opencode4j.server.internal.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * On Linux, a prefix to a command that has the kernel end it when the thread that started it ends, be it because this
 * JVM is killed outright. Tried once, for not every {@code setpriv} can do it (BusyBox's can't).
 */
public final class DeathGuard {

    private static final List<String> PREFIX = find();

    private DeathGuard() {}

    /** The prefix; empty where there is no such thing. */
    public static List<String> prefix() {
        return PREFIX;
    }

    private static List<String> find() {
        Path setpriv = Executable.onPath("setpriv", System.getenv());
        if (setpriv == null) return List.of();
        List<String> prefix = List.of(setpriv.toString(), "--pdeathsig", "TERM", "--");
        return works(prefix) ? prefix : List.of();
    }

    private static boolean works(List<String> prefix) {
        List<String> trial = new ArrayList<>(prefix);
        trial.add("true");
        try {
            Process process = new ProcessBuilder(trial)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean ended = process.waitFor(2, TimeUnit.SECONDS);
            if (!ended) process.destroyForcibly();
            return ended && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
