package dev.opencode4j.cli.internal.process;

import dev.opencode4j.server.internal.launch.Folders;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A folder for what one command needs on disk, for this user alone; gone when closed. It holds no secret. */
public final class RunFolder implements Closeable {

    private static final Set<RunFolder> OPEN = ConcurrentHashMap.newKeySet();

    private final Path path;

    private RunFolder(Path path) {
        this.path = path;
    }

    /** Makes one among the system's temporary files. */
    public static RunFolder create() throws IOException {
        RunFolder folder = new RunFolder(Files.createTempDirectory("opencode4j-cli-"));
        OPEN.add(folder);
        return folder;
    }

    /** Deletes those that are not closed yet, as far as it goes: at the end of the JVM. */
    static void closeAll() {
        for (RunFolder folder : OPEN) {
            try {
                folder.close();
            } catch (IOException e) {
                // The system clears its temporary files in its own time.
            }
        }
    }

    /** An empty file of this name. */
    public Path newFile(String name) throws IOException {
        return Files.createFile(path.resolve(name));
    }

    /** An empty folder of this name. */
    public Path newFolder(String name) throws IOException {
        return Files.createDirectory(path.resolve(name));
    }

    @Override
    public void close() throws IOException {
        OPEN.remove(this);
        Folders.delete(path);
    }
}
