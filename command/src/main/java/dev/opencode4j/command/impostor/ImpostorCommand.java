package dev.opencode4j.command.impostor;

import dev.opencode4j.command.agent.DemoAnswers;
import dev.opencode4j.command.terminal.Caller;
import dev.opencode4j.testkit.impostor.Impostor;
import dev.opencode4j.testkit.impostor.ImpostorBuilder;
import dev.opencode4j.testkit.real.OpenCodeVersion;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves an OpenCode that is none, for experiments. */
@Command(
        name = "impostor",
        description = "Serve a pretended OpenCode on loopback until Ctrl-C; it costs nothing to prompt.")
public final class ImpostorCommand implements Callable<Integer> {

    @Option(names = "--port", paramLabel = "N", description = "The port; by default one that is free.")
    private int port;

    @Option(
            names = "--password",
            paramLabel = "P",
            description = "The password that it wants; by default OPENCODE_SERVER_PASSWORD, else none.")
    private @Nullable String password;

    @Option(names = "--version", paramLabel = "V", description = "The OpenCode version that it plays.")
    private String version = OpenCodeVersion.latest().number();

    private final Caller caller;

    /** The command for a caller. */
    public ImpostorCommand(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Impostor impostor = start()) {
            impostor.otherwise(DemoAnswers.PROMPT::answer);
            caller.out().line(impostor.url().toString());
            caller.err()
                    .line("A pretended OpenCode " + version + " serves at this address until Ctrl-C. Try:\n"
                            + "  OPENCODE_BASE_URL=" + impostor.url()
                            + (wanted() == null ? "" : " OPENCODE_SERVER_PASSWORD=...")
                            + " ./opencode4j run '#tool'\n"
                            + "It knows #think, #tool, #ask and #fail, and introduces itself otherwise.");
            new CountDownLatch(1).await();
            return 0;
        }
    }

    private Impostor start() {
        ImpostorBuilder builder = Impostor.builder().version(new OpenCodeVersion(version).number());
        String secret = wanted();
        if (secret != null) builder.password(secret);
        String user = caller.variable("OPENCODE_SERVER_USERNAME");
        if (user != null) builder.username(user);
        if (port < 0 || port > 65_535) throw new IllegalArgumentException("--port: must be 0 to 65535, was " + port);
        try {
            return builder.port(port).start();
        } catch (UncheckedIOException e) {
            throw new IllegalArgumentException("--port: " + port + " can't be listened on; it may be taken", e);
        }
    }

    private @Nullable String wanted() {
        return password == null || password.isBlank() ? caller.variable("OPENCODE_SERVER_PASSWORD") : password;
    }
}
