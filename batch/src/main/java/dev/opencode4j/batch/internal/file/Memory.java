package dev.opencode4j.batch.internal.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** The two files of a batch, and what they say of the runs before this one. The sets may be read by any thread. */
public final class Memory implements AutoCloseable {

    private final LineFile ledgerFile;
    private final LineFile resultsFile;
    private final Ledger ledger;
    private final Results results;
    private final Set<String> finished;
    private final Map<String, Past> pasts;

    private Memory(LineFile ledgerFile, LineFile resultsFile) throws IOException {
        this.ledgerFile = ledgerFile;
        this.resultsFile = resultsFile;
        this.ledger = new Ledger(ledgerFile);
        this.results = new Results(resultsFile);
        this.finished = results.read();
        this.pasts = ledger.read();
    }

    /**
     * Opens files that are to be empty.
     *
     * @throws IllegalArgumentException if one is not
     */
    public static Memory begin(Path ledger, Path results) throws IOException {
        return open(ledger, results, Memory::refuseOld);
    }

    /** Opens the files of an earlier run and mends them; without one, begins. */
    public static Memory resume(Path ledger, Path results) throws IOException {
        return open(ledger, results, (file, path) -> {});
    }

    private interface Check {
        void test(LineFile file, Path path) throws IOException;
    }

    @SuppressWarnings("MustBeClosedChecker") // Closed by the memory, or below.
    private static Memory open(Path ledger, Path results, Check check) throws IOException {
        LineFile first = LineFile.open(ledger);
        try {
            check.test(first, ledger);
            LineFile second = LineFile.open(results);
            try {
                check.test(second, results);
                return new Memory(first, second);
            } catch (IOException | RuntimeException e) {
                second.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            first.close();
            throw e;
        }
    }

    private static void refuseOld(LineFile file, Path path) throws IOException {
        if (file.isEmpty()) return;
        throw new IllegalArgumentException(
                "'" + path + "' is of an earlier run; resume that (--resume, resume())," + " or name other files");
    }

    /** What was begun. */
    public Ledger ledger() {
        return ledger;
    }

    /** What is finished. */
    public Results results() {
        return results;
    }

    /** Whether a run before this one has finished a prompt. */
    public boolean isFinished(String id) {
        return finished.contains(id);
    }

    /** What is known of a prompt that is not finished. */
    public Past past(String id) {
        return pasts.getOrDefault(id, Past.NONE);
    }

    /** Closes the files, which gives them free for another run. */
    @Override
    public void close() throws IOException {
        try (ledgerFile;
                resultsFile) {
            // Both, whatever becomes of one.
        }
    }
}
