package dev.opencode4j.zen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.error.UnsupportedFeatureException;
import dev.opencode4j.core.prompt.Model;
import dev.opencode4j.core.prompt.Prompt;
import java.net.URI;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ZenBuilderTest {

    private static void refused(ThrowingCallable call, String argument) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(argument + ":");
    }

    @Test
    void badArgumentsAreNamed() {
        refused(() -> Zen.builder().apiKey(" "), "apiKey");
        refused(() -> Zen.builder().model(""), "model");
        refused(() -> Zen.builder().system(""), "system");
        refused(() -> Zen.builder().temperature(-0.1), "temperature");
        refused(() -> Zen.builder().temperature(Double.NaN), "temperature");
        refused(() -> Zen.builder().maxTokens(0), "maxTokens");
        refused(() -> Zen.builder().maxRounds(0), "maxRounds");
        for (String address :
                new String[] {"ftp://x/v1", "/v1", "http://u:p@x/v1", "http://x/v1?key=1", "http://x/#a"}) {
            refused(() -> ZenProvider.at(URI.create(address)), "baseUrl");
        }
    }

    @Test
    void theProvidersAreWhereTheyAre() {
        assertThat(ZenProvider.ZEN.baseUrl()).hasToString("https://opencode.ai/zen/v1");
        assertThat(ZenProvider.GO.baseUrl()).hasToString("https://opencode.ai/zen/go/v1");
    }

    @Test
    void whatIsOpenCodesIsRefused() {
        try (Rig rig = Rig.playing(Peer.saying("a"))) {
            Prompt agent = Prompt.builder("Hi").agent("plan").build();
            Prompt variant = Prompt.builder("Hi")
                    .model(Model.of("a/b").withVariant("high"))
                    .build();
            assertThatThrownBy(() -> rig.session.start(agent)).isInstanceOf(UnsupportedFeatureException.class);
            assertThatThrownBy(() -> rig.session.start(variant)).isInstanceOf(UnsupportedFeatureException.class);
            assertThatThrownBy(() ->
                            rig.zen.open(SessionOptions.builder().agent("plan").build()))
                    .isInstanceOf(UnsupportedFeatureException.class);
            assertThat(rig.peer.received()).isEmpty();
            assertThat(rig.zen.open(SessionOptions.titled("any")).run("Hi").text())
                    .isEqualTo("a");
        }
    }
}
