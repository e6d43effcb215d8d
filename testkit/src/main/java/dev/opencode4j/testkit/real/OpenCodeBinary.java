package dev.opencode4j.testkit.real;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * An OpenCode executable on this machine.
 *
 * @param version the version that it is
 * @param path where it is
 */
public record OpenCodeBinary(OpenCodeVersion version, Path path) {

    private static final Duration INSTALL_TIME = Duration.ofMinutes(5);

    /** Finds a version in the cache, without installing it; empty if it is not there, or not made for this system. */
    public static Optional<OpenCodeBinary> find(OpenCodeVersion version) {
        try {
            return provisioner().find(version);
        } catch (ProvisionException notForThisSystem) {
            return Optional.empty();
        }
    }

    /**
     * Finds a version in the cache, or installs it there with npm.
     *
     * <p>Looking into {@link #cache()} costs nothing; installing loads about 140 MB and takes at most five minutes, during which other threads and
     * other processes that want the same version wait.
     *
     * @throws ProvisionException if npm is missing or fails, or on a system that OpenCode is not built for
     */
    public static OpenCodeBinary provision(OpenCodeVersion version) {
        return provisioner().provision(version);
    }

    private static Provisioner provisioner() {
        return new Provisioner(cache(), "npm", INSTALL_TIME, Platform.here());
    }

    /**
     * Where versions are installed, each in a folder that has its number: {@code $OPENCODE4J_CACHE}, else {@code
     * .cache/opencode4j} in the user's home. All programs of the machine's user share it, so that nobody keeps anything
     * of his own in those folders.
     */
    public static Path cache() {
        return Optional.ofNullable(System.getenv("OPENCODE4J_CACHE"))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home", "."), ".cache", "opencode4j"))
                .toAbsolutePath();
    }
}
