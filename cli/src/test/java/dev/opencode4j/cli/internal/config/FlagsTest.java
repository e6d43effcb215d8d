package dev.opencode4j.cli.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlagsTest {

    @Test
    void flagsAreReadFromTheHelp() {
        String help = """
                opencode run [message..]

                Options:
                  -h, --help         show help                                   [boolean]
                      --pure         run without external plugins
                  -f, --file         file(s), see --no-such
                      --dangerously-skip-permissions  auto-approve
                """;
        assertThat(Flags.of(help)).containsExactly("--help", "--pure", "--file", "--dangerously-skip-permissions");
    }
}
