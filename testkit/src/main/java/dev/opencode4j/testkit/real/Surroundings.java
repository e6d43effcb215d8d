package dev.opencode4j.testkit.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The folders of one server, and an environment in which it sees nothing else and asks nobody on the network. */
record Surroundings(Path root) {

    static Surroundings create(OpenCodeVersion version) throws IOException {
        Surroundings surroundings =
                new Surroundings(Files.createTempDirectory("opencode4j-real-").toRealPath());
        Files.createDirectory(surroundings.directory());
        Files.createDirectory(surroundings.temporary());
        surroundings.pretendPluginsAreInstalled(version);
        surroundings.pretendSearchIsInstalled();
        return surroundings;
    }

    Path home() {
        return root.resolve("home");
    }

    Path directory() {
        return root.resolve("work");
    }

    Path log() {
        return root.resolve("log");
    }

    Map<String, String> environment() {
        return Map.of(
                "HOME", home().toString(),
                "TMPDIR", temporary().toString(),
                "PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin") + ":" + programs(),
                "LANG", "C.UTF-8",
                "OPENCODE_DISABLE_AUTOUPDATE", "1",
                "OPENCODE_DISABLE_MODELS_FETCH", "1",
                "OPENCODE_DISABLE_LSP_DOWNLOAD", "1",
                "OPENCODE_DISABLE_DEFAULT_PLUGINS", "1",
                "OPENCODE_DISABLE_PROJECT_CONFIG", "1");
    }

    private Path temporary() {
        return root.resolve("tmp");
    }

    private Path programs() {
        return root.resolve("bin");
    }

    // Else the first request for a directory makes all three versions install a package from npm.
    private void pretendPluginsAreInstalled(OpenCodeVersion version) throws IOException {
        Path config = home().resolve(".config").resolve("opencode");
        Files.createDirectories(config.resolve("node_modules"));
        ObjectNode manifest = JsonNodeFactory.instance.objectNode();
        manifest.putObject("dependencies").put("@opencode-ai/plugin", version.number());
        Files.writeString(config.resolve("package.json"), manifest.toString());
        ObjectNode lock = JsonNodeFactory.instance.objectNode();
        lock.put("lockfileVersion", 3).putObject("packages").set("", manifest);
        Files.writeString(config.resolve("package-lock.json"), lock.toString());
    }

    // Without a ripgrep on the path 1.2.27 and 1.15.13 load one from the network. This one finds nothing, and comes
    // last on the path so that a real one is preferred.
    private void pretendSearchIsInstalled() throws IOException {
        Files.createDirectory(programs());
        Path search = Files.writeString(programs().resolve("rg"), "#!/bin/sh\nexit 1\n");
        Files.setPosixFilePermissions(search, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
