package dev.opencode4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.interaction.PermissionPolicy;
import dev.opencode4j.core.reply.TurnResult;
import dev.opencode4j.testkit.junit.EachRealVersion;
import dev.opencode4j.testkit.real.OpenCodeVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.io.TempDir;

/** A real OpenCode that loads no plugin: its own lines and the export make up the turn. */
class RealWithoutTapTest {

    @TempDir
    Path folder;

    // 1.15.13 loses the end of what it prints, and often all of it.
    @EachRealVersion({"before 1.15", "since 1.18"})
    void rowPromptRunThenExportSuccess(OpenCodeVersion version) throws Exception {
        try (Real real = new Real(version);
                OpenCodeCli agent = real.builder().binary(deaf(real)).build();
                AgentSession session = agent.open(SessionOptions.builder()
                        .title("t")
                        .permissions(PermissionPolicy.once())
                        .build())) {
            TurnResult first = session.run("do #multi");
            assertThat(first.reply().finishedTools()).hasSize(3);
            assertThat(first.text()).endsWith("All done after 3 tools.");
            assertThat(first.cost()).isPositive();
            TurnResult second = session.run("second");
            assertThat(second.text()).startsWith("You said: ").endsWith("second");
            assertThat(second.reply().parts()).hasSize(1);
            assertThat(real.model.timesRun("#multi")).isEqualTo(1);
        }
    }

    private Path deaf(Real real) throws Exception {
        Path script = Files.writeString(folder.resolve("opencode"), """
                #!/bin/sh
                OPENCODE_CONFIG_CONTENT=$(printf '%%s' "$OPENCODE_CONFIG_CONTENT" | sed 's/"plugin":\\[[^]]*\\]/"plugin":[]/')
                export OPENCODE_CONFIG_CONTENT
                exec '%s' "$@"
                """.formatted(real.home.binary()));
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
