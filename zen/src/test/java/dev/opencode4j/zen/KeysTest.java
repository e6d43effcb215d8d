package dev.opencode4j.zen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opencode4j.core.error.AuthenticationException;
import dev.opencode4j.zen.internal.key.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {

    @TempDir
    Path home;

    private KnownKey found(Map<String, String> environment) {
        return KnownKey.first(new Keys(environment, home));
    }

    private void login(Path data, String json) throws IOException {
        Path file = data.resolve("opencode").resolve("auth.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, json);
    }

    @Test
    void theVariablesComeInTheirOrder() {
        Map<String, String> all = Map.of(
                "OPENCODE_ZEN_KEY", "one",
                "OPENCODE_API_KEY", "two",
                "OPENCODE_GO_API_KEY", "three",
                "OPENROUTER_API_KEY", "four");
        assertThat(found(all).key()).isEqualTo("one");
        assertThat(found(all).provider()).isSameAs(ZenProvider.ZEN);
        assertThat(found(Map.of("OPENCODE_ZEN_KEY", " ", "OPENCODE_API_KEY", "two\n"))
                        .key())
                .isEqualTo("two");
        KnownKey go = found(Map.of("OPENCODE_GO_API_KEY", "three", "OPENROUTER_API_KEY", "four"));
        assertThat(go.key()).isEqualTo("three");
        assertThat(go.provider()).isSameAs(ZenProvider.GO);
        assertThat(found(Map.of("OPENROUTER_API_KEY", "four")).provider().baseUrl())
                .hasToString("https://openrouter.ai/api/v1");
    }

    @Test
    void thenComesWhatOpenCodesLoginKeeps() throws IOException {
        Path data = home.resolve(".local").resolve("share");
        login(data, "{\"opencode-go\":{\"type\":\"api\",\"key\":\"g\"},\"opencode\":{\"type\":\"api\",\"key\":\"z\"}}");
        assertThat(found(Map.of()).key()).isEqualTo("z");
        assertThat(found(Map.of("OPENROUTER_API_KEY", "four")).key()).isEqualTo("four");
        login(
                data,
                "{\"opencode-go\":{\"type\":\"api\",\"key\":\"g\"},\"opencode\":{\"type\":\"oauth\",\"access\":\"t\"}}");
        assertThat(found(Map.of()).provider()).isSameAs(ZenProvider.GO);
        Path elsewhere = home.resolve("elsewhere");
        login(elsewhere, "{\"opencode\":{\"type\":\"api\",\"key\":\"e\"}}");
        assertThat(found(Map.of("XDG_DATA_HOME", elsewhere.toString())).key()).isEqualTo("e");
    }

    @Test
    void withoutAnyTheMessageSaysWhereTheyAreLookedFor() {
        assertThatThrownBy(() -> found(Map.of()))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContainingAll(
                        "OPENCODE_ZEN_KEY",
                        "OPENCODE_API_KEY",
                        "OPENCODE_GO_API_KEY",
                        "OPENROUTER_API_KEY",
                        "auth.json");
    }

    @Test
    void aBrokenFileIsNamedButNotQuoted() throws IOException {
        login(home.resolve(".local").resolve("share"), "{\"opencode\": sk-secret");
        assertThatThrownBy(() -> found(Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("auth.json")
                .hasNoCause()
                .message()
                .doesNotContain("sk-secret");
    }

    @Test
    void aBuilderTakesThemToo() {
        Keys keys = new Keys(Map.of("OPENCODE_GO_API_KEY", "three"), home);
        try (Zen zen = Zen.builder().from(keys).model("kimi").build()) {
            assertThat(zen).hasToString("Zen[https://opencode.ai/zen/go/v1/chat/completions, kimi]");
        }
    }
}
