package dev.opencode4j.core.part;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TodoTest {

    @ParameterizedTest
    @CsvSource({
        "in-progress, in_progress",
        "to-do-later, to_do_later",
        "In-Progress, in_progress", // 10 [V]: the case was kept
        "in_progress, in_progress",
        "pending, pending",
        "completed, completed",
        "cancelled, cancelled",
        "'', ''",
    })
    void aStatusHasOneSpelling(String written, String status) {
        assertThat(new Todo("Plan", written, null, null).status()).isEqualTo(status);
    }

    @Test
    void theOtherFieldsAreKept() {
        assertThat(new Todo("Plan-It", "pending", "High", "T-1"))
                .isEqualTo(new Todo("Plan-It", "PENDING", "High", "T-1"));
    }
}
