package dev.opencode4j.command.agent;

import dev.opencode4j.command.terminal.Caller;
import dev.opencode4j.server.ClientBuilder;
import dev.opencode4j.server.LaunchedServer;
import dev.opencode4j.server.OpenCodeClient;
import dev.opencode4j.server.OpenCodeServer;
import dev.opencode4j.server.ServerLauncher;
import dev.opencode4j.testkit.real.OpenCodeBinary;
import dev.opencode4j.testkit.real.OpenCodeVersion;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what to work with: a server that is named, the user's OpenCode, the one in the cache, or the demo. */
public final class Upstreams {

    private static final String URL = "OPENCODE_BASE_URL";
    private static final String USERNAME = "OPENCODE_SERVER_USERNAME";
    private static final String PASSWORD = "OPENCODE_SERVER_PASSWORD";
    private static final String HOW_TO_INSTALL = "opencode4j run --install ... fetches OpenCode "
            + OpenCodeVersion.latest() + " through npm, " + URL + " names a server";

    private final Caller caller;
    private final Installations installations;

    /** Looks where {@code caller} and {@code installations} say. */
    public Upstreams(Caller caller, Installations installations) {
        this.caller = caller;
        this.installations = installations;
    }

    /** The first there is, the demo if there is none. */
    public Source<OpenCodeServer> findOrDemo(@Nullable Path directory) {
        return find(directory).orElseGet(this::demo);
    }

    /** The demo. */
    public Source<OpenCodeServer> demo() {
        return new Source<>("the built-in demo, which is no AI", HOW_TO_INSTALL, () -> {
            Demo demo = Demo.start();
            return new Upstream<>(demo.agent(), demo);
        });
    }

    /**
     * The first there is.
     *
     * @throws NoOpenCodeException if there is none
     */
    public Source<OpenCodeServer> findReal(@Nullable Path directory) {
        return find(directory).orElseThrow(() -> new NoOpenCodeException(HOW_TO_INSTALL));
    }

    /** The newest certified OpenCode, installed if it is not there yet, which may take minutes. */
    public Source<OpenCodeServer> install(@Nullable Path directory) {
        Optional<OpenCodeBinary> cached = installations.cached();
        if (cached.map(OpenCodeBinary::version)
                .filter(OpenCodeVersion.latest()::equals)
                .isEmpty()) {
            caller.err().line("opencode4j: installing OpenCode " + OpenCodeVersion.latest() + ", about 140 MB ...");
        }
        return fromCache(installations.install(), directory);
    }

    private Optional<Source<OpenCodeServer>> find(@Nullable Path directory) {
        String url = caller.variable(URL);
        if (url != null) return Optional.of(named(url, directory));
        return installations
                .own()
                .map(binary -> launched(
                        binary, binary + ", launched for this command", URL + " names a server instead", directory))
                .or(() -> installations.cached().map(binary -> fromCache(binary, directory)));
    }

    private Source<OpenCodeServer> named(String url, @Nullable Path directory) {
        String user = caller.variable(USERNAME);
        ClientBuilder client = OpenCodeClient.builder()
                .baseUrl(url)
                .username(user == null ? "opencode" : user)
                .password(caller.variable(PASSWORD));
        if (directory != null) client.directory(directory.toString());
        OpenCodeServer agent = OpenCodeServer.of(client.build()); // It refuses a URL with a password in it.
        return new Source<>(
                "the server at " + withoutQuery(url) + " (" + URL + ")",
                "unset that for an OpenCode of this machine",
                () -> new Upstream<>(agent, () -> {}));
    }

    private static Source<OpenCodeServer> fromCache(OpenCodeBinary binary, @Nullable Path directory) {
        return launched(
                binary.path(),
                "OpenCode " + binary.version() + " from the cache, launched for this command",
                "one on the PATH or " + URL + " goes first",
                directory);
    }

    private static Source<OpenCodeServer> launched(Path binary, String name, String hint, @Nullable Path directory) {
        ServerLauncher launcher = ServerLauncher.create().binary(binary);
        if (directory != null) launcher.directory(directory);
        return new Source<>(name, hint, () -> {
            LaunchedServer server = launcher.start();
            return new Upstream<>(OpenCodeServer.of(server.client().build()), server::close);
        });
    }

    /** The program of this machine, or else the newest in the cache. */
    Path binary() {
        return installations
                .own()
                .or(() -> installations.cached().map(OpenCodeBinary::path))
                .orElseThrow(() -> new NoOpenCodeException(HOW_TO_INSTALL));
    }

    /** It may hold a proxy's token. */
    static String withoutQuery(String url) {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }
}
