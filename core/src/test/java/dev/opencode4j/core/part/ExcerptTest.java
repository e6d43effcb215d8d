package dev.opencode4j.core.part;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {

    @Test
    void aTextWithinTheLimitIsWhole() {
        assertThat(Excerpt.of("12345678", 8)).isEqualTo("12345678");
    }

    @Test
    void aCutTextHasAsManyCharactersAsTheLimitWithItsDots() {
        assertThat(Excerpt.of("123456789", 8)).isEqualTo("12345...");
    }

    @Test
    void aCharacterOfTwoHalvesIsNotCutInTwo() {
        assertThat(Excerpt.of("1234\uD83D\uDE00789", 8)).isEqualTo("1234...");
    }
}
