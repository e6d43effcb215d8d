package dev.opencode4j.server.internal.v1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.interaction.PermissionRequest;
import dev.opencode4j.core.interaction.QuestionRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class InteractionReaderTest {

    private static PermissionRequest permission(String fields) {
        return InteractionReader.permissions(body(fields)).get(0);
    }

    private static QuestionRequest question(String fields) {
        return InteractionReader.questions(body(fields)).get(0);
    }

    private static byte[] body(String fields) {
        return ("[{\"id\":\"x_1\",\"sessionID\":\"ses_1\"" + fields + "}]").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theToolCallThatWaitsIsNamedByMessageAndCall() {
        String tool = ",\"tool\":{\"messageID\":\"msg_1\",\"callID\":\"call_1\"}";
        assertThat(permission(tool).messageId()).isEqualTo("msg_1");
        assertThat(permission(tool).callId()).isEqualTo("call_1");
        assertThat(question(tool).messageId()).isEqualTo("msg_1");
        assertThat(question(tool).callId()).isEqualTo("call_1");
    }

    @Test
    void aRequestWithoutAToolCallNamesNone() {
        assertThat(permission("").messageId()).isNull();
        assertThat(permission("").callId()).isNull();
        assertThat(question(",\"tool\":null").messageId()).isNull();
        assertThat(question(",\"tool\":{\"callID\":\"call_1\"}").callId()).isEqualTo("call_1");
    }
}
