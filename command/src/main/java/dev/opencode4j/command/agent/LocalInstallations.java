package dev.opencode4j.command.agent;

import dev.opencode4j.server.ServerLauncher;
import dev.opencode4j.testkit.real.OpenCodeBinary;
import dev.opencode4j.testkit.real.OpenCodeVersion;
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
                .findFirst();
    }

    @Override
    public OpenCodeBinary install() {
        return OpenCodeBinary.provision(OpenCodeVersion.latest());
    }
}
