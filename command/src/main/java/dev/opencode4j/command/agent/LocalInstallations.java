package dev.opencode4j.command.agent;

import dev.opencode4j.server.ServerLauncher;
import dev.opencode4j.testkit.real.OpenCodeBinary;
import dev.opencode4j.testkit.real.OpenCodeVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What is installed on this machine, by this process's environment. */
public final class LocalInstallations implements Installations {

    @Override
    public Optional<Path> own() {
        return ServerLauncher.find();
    }

    @Override
    public Optional<OpenCodeBinary> cached() {
        List<OpenCodeVersion> newestFirst = new ArrayList<>(OpenCodeVersion.certified());
        Collections.reverse(newestFirst);
        return newestFirst.stream()
                .flatMap(version -> OpenCodeBinary.find(version).stream())
                .filter(binary -> Files.exists(mark(binary.version())))
                .findFirst();
    }

    @Override
    public OpenCodeBinary install() {
        OpenCodeBinary binary = OpenCodeBinary.provision(OpenCodeVersion.latest());
        try {
            if (!Files.exists(mark(binary.version()))) Files.createFile(mark(binary.version()));
        } catch (FileAlreadyExistsException e) {
            // Another process was asked the same.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return binary;
    }

    /**
     * The tests of this project fill the same cache; what they put there nobody has asked to use. The mark stands beside
     * the version's folder, which is as npm made it and is looked at by others.
     */
    private static Path mark(OpenCodeVersion version) {
        return OpenCodeBinary.cache().resolve(version + ".requested");
    }
}
