package dev.opencode4j.testkit.real;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.opencode4j.server.internal.launch.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Installs versions into a cache, each in a folder of its own.
 *
 * <p>A folder gets its final name only when what is in it has run once, so that an install that was killed half-way is
 * never taken for a whole one. Whoever finds a folder under the final name that holds no executable replaces it.
 */
record Provisioner(Path cache, String npm, Duration atMost, Platform platform) {

    Optional<OpenCodeBinary> find(OpenCodeVersion version) {
        Path executable = executable(cache.resolve(version.number()));
        return Files.isExecutable(executable) ? Optional.of(new OpenCodeBinary(version, executable)) : Optional.empty();
    }

    OpenCodeBinary provision(OpenCodeVersion version) {
        Path home = cache.resolve(version.number());
        if (!Files.isExecutable(executable(home))) {
            try {
                Files.createDirectories(cache);
                InstallLock.during(cache.resolve(version.number() + ".lock"), atMost, () -> {
                    if (!Files.isExecutable(executable(home))) {
                        install(version, home);
                    }
                });
            } catch (IOException e) {
                throw new ProvisionException(
                        "OpenCode " + version + " could not be installed in " + cache + ": " + e, e);
            }
        }
        return new OpenCodeBinary(version, executable(home));
    }

    private Path executable(Path home) {
        return home.resolve("node_modules")
                .resolve(platform.packageName())
                .resolve("bin")
                .resolve("opencode");
    }

    private void install(OpenCodeVersion version, Path home) throws IOException {
        Path unfinished = Files.createTempDirectory(cache, version.number() + ".unfinished-");
        try {
            String spec = platform.packageName() + "@" + version;
            List<String> command = List.of(
                    npm,
                    "install",
                    "--prefix",
                    unfinished.toString(),
                    "--ignore-scripts",
                    "--no-audit",
                    "--no-fund",
                    spec);
            Outcome npmOutcome = run(command, version);
            if (!npmOutcome.succeeded()) {
                throw failure(version, "`npm install " + spec + "` " + npmOutcome.summary());
            }
            Path executable = executable(unfinished);
            Outcome probe = run(List.of(executable.toString(), "--version"), version);
            if (!probe.succeeded() || !probe.output().contains(version.number())) {
                throw failure(version, "what npm installed does not run: `opencode --version` " + probe.summary());
            }
            Folders.delete(home);
            Files.move(unfinished, home, ATOMIC_MOVE);
        } finally {
            Folders.delete(unfinished);
        }
    }

    private Outcome run(List<String> command, OpenCodeVersion version) {
        try {
            return Outcome.of(command, atMost);
        } catch (IOException e) {
            throw failure(version, "`" + command.get(0) + "` could not be started: " + e.getMessage());
        }
    }

    private ProvisionException failure(OpenCodeVersion version, String what) {
        return new ProvisionException(
                "OpenCode " + version + " is not in " + cache + " and could not be installed: " + what
                        + "\nTo get it: put npm (it comes with Node.js) on the PATH and run again; or do `npm install --prefix DIR/"
                        + version + " " + platform.packageName() + "@" + version
                        + "` and set OPENCODE4J_CACHE=DIR.",
                null);
    }
}
