package dev.opencode4j.core.part;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolPartTest {

    private static final Json INPUT = Json.parse("{\"command\":\"ls\"}");

    @Test
    void whatAReportLeavesOutIsKept() { // 9: events in the middle of a call are partial
        ToolPart known = ToolPart.builder("x")
                .messageId("msg_1")
                .index(3)
                .callId("call_1")
                .tool("bash")
                .status(ToolStatus.RUNNING)
                .title("Tests")
                .input(INPUT)
                .metadata(INPUT)
                .output("out")
                .error("err")
                .requestId("que_1")
                .startedAt(Instant.EPOCH)
                .build();
        ToolPart merged = known.mergedWith(ToolPart.builder("x")
                .status(ToolStatus.COMPLETED)
                .title(" ")
                .output("")
                .build());
        assertThat(merged)
                .isEqualTo(known.toBuilder().status(ToolStatus.COMPLETED).build());
    }

    @Test
    void whatAReportSaysReplacesWhatWasKnown() { // 9: input and metadata are replaced whole, not merged
        ToolPart known =
                ToolPart.builder("x").index(3).input(INPUT).metadata(INPUT).build();
        ToolPart report = ToolPart.builder("x")
                .messageId("msg_1")
                .callId("call_1")
                .tool("bash")
                .status(ToolStatus.ERROR)
                .title("Tests")
                .input(Json.parse("{\"a\":1}"))
                .metadata(Json.parse("{\"b\":2}"))
                .output("out")
                .error("err")
                .requestId("que_1")
                .startedAt(Instant.EPOCH)
                .finishedAt(Instant.EPOCH)
                .build();
        assertThat(known.mergedWith(report)).isEqualTo(report.at(3));
    }

    @ParameterizedTest
    @CsvSource({
        "pending, running, running",
        "running, pending, running",
        "running, completed, completed",
        "completed, running, completed", // 9 [V]: was running
        "completed, error, completed",
        "error, completed, error",
        "error, pending, error",
        "paused, running, running",
        "running, paused, paused",
    })
    void aStatusOnlyGoesForward(String known, String later, String merged) {
        assertThat(in(known).mergedWith(in(later)).status().name()).isEqualTo(merged);
    }

    @Test
    void theEndMayBeFilledIn() {
        ToolPart ended = in("completed")
                .mergedWith(in("completed").toBuilder().output("late").build());
        assertThat(ended.output()).isEqualTo("late");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "invalid  | {\"tool\":\"nosuchtool\"} | nosuchtool",
                "invalid  | {\"tool\":\" \"}          | invalid",
                "invalid  | {\"tool\":{}}             | invalid",
                "invalid  | [1]                       | invalid",
                "invalid  | {}                        | invalid",
                "bash     | {\"tool\":\"nosuchtool\"} | bash",
            })
    void theNameIsTheOneThatTheModelCalled(String reported, String input, String name) {
        assertThat(ToolPart.builder("x")
                        .tool(reported)
                        .input(Json.parse(input))
                        .build()
                        .tool())
                .isEqualTo(name);
    }

    @Test
    void aRenameToInvalidWithoutTheCalledNameKeepsTheName() { // 9
        ToolPart known = ToolPart.builder("x").tool("nosuchtool").build();
        assertThat(known.mergedWith(ToolPart.builder("x").tool("invalid").build())
                        .tool())
                .isEqualTo("nosuchtool");
    }

    private static ToolPart in(String status) {
        return ToolPart.builder("x").status(new ToolStatus(status)).build();
    }
}
