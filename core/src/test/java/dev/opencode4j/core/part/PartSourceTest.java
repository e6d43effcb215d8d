package dev.opencode4j.core.part;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartSourceTest { // 11

    @Test
    void onlyPartsMadeOfEventsAreMissingFromTheAgentsMessages() {
        ToolPart made = ToolPart.builder(PartSource.todoPartId(1)).build();
        assertThat(PartSource.of(made)).isEqualTo(PartSource.TODO_EVENTS);
        assertThat(PartSource.of(made).isStreamOnly()).isTrue();
        assertThat(PartSource.of(new TextPart("prt_1", "msg_1", 0, "a")).isStreamOnly())
                .isFalse();
    }
}
