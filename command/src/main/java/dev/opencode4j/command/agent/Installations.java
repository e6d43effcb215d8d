package dev.opencode4j.command.agent;

import dev.opencode4j.testkit.real.OpenCodeBinary;
import java.nio.file.Path;
import java.util.Optional;

/** Where OpenCode is on this machine. */
public interface Installations {

    /** The user's own one. */
    Optional<Path> own();

    /** The newest of those that {@link #install} has put into the cache. */
    Optional<OpenCodeBinary> cached();

    /**
     * The newest certified one, put into the cache if it is not there: some 140 MB through npm.
     *
     * @throws dev.opencode4j.testkit.real.ProvisionException if that fails
     */
    OpenCodeBinary install();
}
