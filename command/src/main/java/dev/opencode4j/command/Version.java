package dev.opencode4j.command;

import dev.opencode4j.testkit.real.OpenCodeVersion;
import java.util.stream.Collectors;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String own = Version.class.getPackage().getImplementationVersion();
        String certified = OpenCodeVersion.certified().stream()
                .map(OpenCodeVersion::number)
                .collect(Collectors.joining(", "));
        return new String[] {
            "opencode4j " + (own == null ? "unpackaged" : own),
            "certified with OpenCode " + certified,
            "on Java " + Runtime.version()
        };
    }
}
