package dev.opencode4j.server.internal.launch;

import dev.opencode4j.server.LaunchedServer;
import dev.opencode4j.server.ServerLauncher;
import java.io.IOException;
import java.nio.file.Path;

/** A program that starts a server, says its process's number, and ends when told to, without closing anything. */
public final class Program {

    private Program() {}

    @SuppressWarnings("resource") // That nobody closes it is the point.
    public static void main(String[] arguments) throws IOException {
        LaunchedServer server =
                ServerLauncher.create().binary(Path.of(arguments[0])).start();
        System.out.println(server.process().pid());
        if (System.in.read() >= 0) System.exit(0);
    }
}
