package dev.opencode4j.server.internal.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.telemetry.Instrumentation;
import dev.opencode4j.server.OneAnswerServer;
import dev.opencode4j.server.internal.http.Address;
import dev.opencode4j.server.internal.http.Limits;
import dev.opencode4j.server.internal.http.Transport;
import dev.opencode4j.server.internal.stream.StreamSettings;
import dev.opencode4j.server.internal.v1.Refusals;
import dev.opencode4j.server.model.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How much of a session is read to find the end of it: messages bring their attachments along. */
class MessagePagesTest {

    private static final Pattern PAGE = Pattern.compile("[?&]limit=(\\d+)(?:.*&before=(\\d+))?");

    /** A prompt with a schema, as 1.15.13 and 1.18.33 have it. */
    private static final String UNREADABLE = "unreadable";

    private final List<String> messages = new ArrayList<>();
    private final List<Integer> pages = new CopyOnWriteArrayList<>();
    private final OneAnswerServer server = new OneAnswerServer(this::answer);
    private final ServerLink link = new ServerLink(
            new Transport(
                    Address.of(server.url(), Map.of()),
                    null,
                    new Limits(Duration.ofSeconds(30), Duration.ofSeconds(30)),
                    Instrumentation.none(),
                    new Refusals()),
            StreamSettings.DEFAULT);

    @AfterEach
    void stop() throws IOException {
        link.transport().close();
        link.close();
        server.close();
    }

    private void answer(OneAnswerServer.Received request, OneAnswerServer.Connection connection) throws IOException {
        Matcher page = PAGE.matcher(request.target());
        if (!page.find()) throw new AssertionError(request.target());
        int limit = Integer.parseInt(page.group(1));
        int end = page.group(2) == null ? messages.size() : Integer.parseInt(page.group(2));
        int start = Math.max(0, end - limit);
        pages.add(limit);
        List<String> part = messages.subList(start, end);
        if (part.contains(UNREADABLE)) {
            connection.answer(400, "application/json", "{\"data\":{\"message\":\"Expected OutputFormat\"}}");
        } else {
            String[] next = start > 0 ? new String[] {"x-next-cursor: " + start} : new String[0];
            connection.answer(200, "application/json", '[' + String.join(",", part) + ']', next);
        }
    }

    private void prompt(String id) {
        messages.add("{\"info\":" + OneTurn.userInfo(id) + ",\"parts\":[]}");
    }

    private void answer(String id, String prompt) {
        messages.add("{\"info\":" + OneTurn.info(id, prompt, "stop") + ",\"parts\":[]}");
    }

    private History walk(String promptId) throws Exception {
        return new HistoryWalk(link.in(""), "ses_1", promptId, () -> CompletableFuture.completedFuture(true))
                .within(java.time.Duration.ofSeconds(9))
                .get(30, TimeUnit.SECONDS);
    }

    private void turns(int count) {
        for (int i = 1; i <= count; i++) {
            prompt("msg_" + (100 + 2 * i));
            answer("msg_" + (101 + 2 * i), "msg_" + (100 + 2 * i));
        }
    }

    @Test
    void ofALongSessionTheLastTurnAloneIsRead() throws Exception {
        turns(20);
        History history = walk("msg_140");
        assertThat(history.promptStored()).isTrue();
        assertThat(history.afterPrompt()).extracting(Message::id).containsExactly("msg_141");
        assertThat(pages).containsExactly(2);
        assertThat(new LastPrompt(link.in(""), "ses_1").find()).contains("msg_140");
        assertThat(pages).containsExactly(2, 2);
    }

    @Test
    void aLongTurnIsReadInFewPages() throws Exception {
        turns(3);
        prompt("msg_200");
        for (int i = 1; i <= 99; i++) answer("msg_" + (200 + i), "msg_200");
        History history = walk("msg_200");
        assertThat(history.promptStored()).isTrue();
        assertThat(history.afterPrompt()).hasSize(99);
        assertThat(history.afterPrompt().get(0).id()).isEqualTo("msg_201");
        assertThat(pages).containsExactly(2, 8, 32, 32, 32);
        pages.clear();
        assertThat(new LastPrompt(link.in(""), "ses_1").find()).contains("msg_200");
        assertThat(pages).containsExactly(2, 8, 32, 32, 32);
    }

    @Test
    void aPromptThatIsNotThereIsLookedForToTheBeginning() throws Exception {
        turns(10);
        History history = walk("msg_999");
        assertThat(history.promptStored()).isFalse();
        assertThat(history.afterPrompt()).hasSize(20);
    }

    @Test
    void wherePagesCanNotBeReadMessagesAreReadOneByOne() throws Exception {
        turns(2);
        messages.add(UNREADABLE);
        answer("msg_300", "msg_299");
        answer("msg_301", "msg_299");
        answer("msg_302", "msg_299");
        History history = walk("msg_299");
        assertThat(history.promptStored()).isTrue();
        assertThat(history.afterPrompt()).extracting(Message::id).containsExactly("msg_300", "msg_301", "msg_302");
        assertThat(pages).containsExactly(2, 8, 1, 1);
        pages.clear();
        assertThat(new LastPrompt(link.in(""), "ses_1").find()).contains("msg_299");
        assertThat(pages).containsExactly(2, 8, 1, 1);
    }
}
