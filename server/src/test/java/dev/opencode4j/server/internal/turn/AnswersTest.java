package dev.opencode4j.server.internal.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.server.model.MessageInfo;
import org.junit.jupiter.api.Test;

/** Which messages are this turn's, and when they are whole. */
class AnswersTest {

    private final Answers answers = new Answers("msg_1");

    private static MessageInfo info(String id, String parent, String finish) {
        return message("{\"info\":" + OneTurn.info(id, parent, finish) + ",\"parts\":[]}");
    }

    private static MessageInfo user(String id) {
        return message("{\"info\":" + OneTurn.userInfo(id) + ",\"parts\":[]}");
    }

    private static MessageInfo message(String json) {
        return OneTurn.messages(json).get(0).info();
    }

    @Test
    void anAnswerNamesItsPrompt() {
        assertThat(answers.changed(user("msg_1"))).isFalse();
        assertThat(answers.isPromptSeen()).isTrue();
        assertThat(answers.isEmpty()).isTrue();
        assertThat(answers.changed(info("msg_2", "msg_1", ""))).isTrue();
        assertThat(answers.changed(info("msg_3", "msg_9", ""))).isFalse();
        assertThat(answers.isOurs("msg_2")).isTrue();
        assertThat(answers.isForeign("msg_3")).isTrue();
        assertThat(answers.isForeign("msg_1")).isTrue();
        assertThat(answers.isForeign("msg_4")).isFalse();
    }

    @Test
    void anAnswerShowsThatThePromptIsThere() {
        answers.changed(info("msg_2", "msg_1", ""));
        assertThat(answers.isPromptSeen()).isTrue();
    }

    @Test
    void theyAreWholeWhenNoneIsBeingWrittenAndFinalWhenTheLastWantsNoMore() {
        assertThat(answers.areWhole()).isFalse();
        answers.changed(info("msg_2", "msg_1", ""));
        assertThat(answers.areWhole()).isFalse();
        answers.changed(info("msg_2", "msg_1", "tool-calls"));
        assertThat(answers.areWhole()).isTrue();
        assertThat(answers.areFinal()).isFalse();
        answers.changed(info("msg_3", "msg_1", ""));
        assertThat(answers.areWhole()).isFalse();
        answers.changed(info("msg_3", "msg_1", "stop"));
        assertThat(answers.areFinal()).isTrue();
        assertThat(answers.last()).extracting(MessageInfo::id).isEqualTo("msg_3");
    }

    @Test
    void aPromptOfTheServersOwnIsFollowedUnlessSomebodySpeaksInIt() {
        answers.continuedWith("msg_3");
        assertThat(answers.isPrompt("msg_3")).as("nothing has been compacted").isFalse();
        answers.changed(message("{\"info\":"
                + OneTurn.info("msg_4", "msg_3", "stop").replace("\"finish\"", "\"summary\":true,\"finish\"")
                + ",\"parts\":[]}"));
        answers.continuedWith("msg_5");
        answers.spokenBySomebody("msg_7");
        answers.continuedWith("msg_7");
        assertThat(answers.changed(info("msg_6", "msg_5", ""))).isTrue();
        assertThat(answers.changed(info("msg_8", "msg_7", ""))).isFalse();
        answers.continuedWith("msg_9");
        answers.spokenBySomebody("msg_9");
        assertThat(answers.isPrompt("msg_9"))
                .as("his words come after the server's")
                .isFalse();
    }

    /** What was measured of 1.2.27, 1.15.13 and 1.18.33 when the model finds the conversation too long. */
    @Test
    void aPromptThatTheServerRepeatsAfterGivingUpItsAnswerIsFollowed() {
        answers.spoken("msg_0", "Hello");
        answers.spoken("msg_1", "Hello");
        answers.changed(info("msg_2", "msg_1", ""));
        answers.spoken("msg_3", "Hello");
        assertThat(answers.isPrompt("msg_3"))
                .as("repeated before the end of the answer")
                .isFalse();

        answers.changed(message("{\"info\":"
                + OneTurn.info("msg_2", "msg_1", "stop").replace("\"finish\":\"stop\"", "\"mode\":\"build\"")
                + ",\"parts\":[]}"));
        assertThat(answers.areWhole()).isTrue();
        assertThat(answers.areFinal()).isFalse();
        answers.spoken("msg_0", "Hello");
        answers.spoken("msg_4", "Hello, I am another client");
        answers.spoken("msg_5", "Hello");
        assertThat(answers.isPrompt("msg_0")).as("a prompt of long ago").isFalse();
        assertThat(answers.isPrompt("msg_4")).isFalse();
        assertThat(answers.changed(info("msg_6", "msg_5", "stop"))).isTrue();
        assertThat(answers.areFinal()).isTrue();
    }
}
