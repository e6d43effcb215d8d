package dev.opencode4j.server.internal.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.event.PermissionAsked;
import dev.opencode4j.core.event.PermissionReplied;
import dev.opencode4j.core.interaction.CommandMatcher;
import dev.opencode4j.core.interaction.PermissionPolicy;
import dev.opencode4j.core.interaction.PermissionRequest;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.prompt.Prompt;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A policy is asked about the whole of what will run, wherever the server tells it. */
class PermissionDetailsTest {

    private static final String LOOK = "toolCall ses_1 msg_2 call_1";

    private final OneTurn turn = new OneTurn(
                    SessionOptions.builder()
                            .permissions(PermissionPolicy.allowing(CommandMatcher.exactly("git log")))
                            .build(),
                    Prompt.of("Hi"))
            .connect()
            .busy()
            .user("msg_1")
            .assistant("msg_2", "msg_1");

    private PermissionDetailsTest asked(String permission, String metadata) {
        turn.event(
                "permission.asked",
                "\"id\":\"per_1\",\"sessionID\":\"ses_1\",\"permission\":\"" + permission
                        + "\",\"patterns\":[\"git log\"],\"metadata\":" + metadata
                        + ",\"tool\":{\"messageID\":\"msg_2\",\"callID\":\"call_1\"}");
        return this;
    }

    private static CompletableFuture<Optional<ToolPart>> stored(String input) {
        return CompletableFuture.completedFuture(Optional.of(
                ToolPart.builder("prt_1").tool("bash").input(Json.parse(input)).build()));
    }

    private PermissionRequest told() {
        assertThat(turn.told(PermissionAsked.class)).hasSize(1);
        return turn.told(PermissionAsked.class).get(0).request();
    }

    private List<String> replies() {
        return turn.server.calls.stream()
                .filter(call -> call.startsWith("reply"))
                .toList();
    }

    @Test
    void aCommandInTheMetadataIsNotLookedFor() {
        asked("bash", "{\"command\":\"git log; git init x\"}");
        assertThat(told().command()).contains("git log; git init x");
        assertThat(replies()).containsExactly("reply per_1 reject");
        assertThat(turn.server.count(LOOK)).isZero();
    }

    @Test
    void aCommandThatIsMissingIsReadFromItsToolCallBeforeThePolicyIsAsked() {
        CompletableFuture<Optional<ToolPart>> read = new CompletableFuture<>();
        turn.server.tool = () -> read;
        asked("bash", "{}");
        assertThat(turn.told(PermissionAsked.class)).isEmpty();
        assertThat(turn.server.count(LOOK)).isEqualTo(1);
        read.complete(stored("{\"command\":\"git log\",\"description\":\"d\"}").join());
        assertThat(told().command()).contains("git log");
        assertThat(replies()).containsExactly("reply per_1 once");
    }

    @Test
    void anInputThatIsStoredLateIsReadAgain() {
        asked("bash", "{}");
        turn.server.tool = () -> stored("{}");
        turn.after(0.2);
        turn.server.tool = () -> CompletableFuture.failedFuture(new ConnectionException("lost", null, null));
        turn.after(0.2);
        turn.server.tool = () -> stored("{\"command\":\"git log\"}");
        turn.after(0.2);
        assertThat(replies()).containsExactly("reply per_1 once");
        turn.after(10);
        assertThat(turn.server.count(LOOK)).isEqualTo(4);
    }

    @Test
    void aCommandThatCannotBeReadIsUnknownAndNotAllowed() {
        turn.server.tool = CompletableFuture::new;
        asked("bash", "{}");
        turn.after(2.9);
        assertThat(replies()).isEmpty();
        turn.after(0.2);
        assertThat(told().command()).isEmpty();
        assertThat(replies()).containsExactly("reply per_1 reject");
    }

    @Test
    void theInputOfAToolThatSaysNothingIsReadAndIsNoCommand() {
        turn.server.tool = () -> stored("{\"command\":\"git log\",\"host\":\"production\"}");
        asked("remote_run", "{}");
        assertThat(told().details().input().text()).contains("production");
        assertThat(told().command()).isEmpty();
        assertThat(replies()).containsExactly("reply per_1 reject");
    }

    @Test
    void anotherPermissionOfTheSameCallIsNoCommand() {
        asked("external_directory", "{\"command\":\"git log\",\"directories\":[\"/etc\"]}");
        assertThat(told().command()).isEmpty();
        assertThat(replies()).containsExactly("reply per_1 reject");
    }

    @Test
    void anEditHasItsDiff() {
        asked("edit", "{\"filepath\":\"/a\",\"diff\":\"-a\\n+b\\n\"}");
        assertThat(told().diff()).contains("-a\n+b\n");
        assertThat(told().command()).isEmpty();
    }

    @Test
    void whatIsAnsweredElsewhereMeanwhileIsToldInOrderAndNotDecided() {
        CompletableFuture<Optional<ToolPart>> read = new CompletableFuture<>();
        turn.server.tool = () -> read;
        asked("bash", "{}");
        turn.permissionReplied("ses_1", "per_1", "reject");
        read.complete(stored("{\"command\":\"git log\"}").join());
        assertThat(turn.events)
                .filteredOn(event -> event instanceof PermissionAsked || event instanceof PermissionReplied)
                .hasExactlyElementsOfTypes(PermissionAsked.class, PermissionReplied.class);
        assertThat(replies()).isEmpty();
    }

    @Test
    void anInterruptDoesNotWaitForTheCommand() {
        turn.server.tool = CompletableFuture::new;
        asked("bash", "{}");
        turn.turn.interrupt();
        assertThat(replies()).containsExactly("reply per_1 reject");
        turn.after(5);
        assertThat(replies()).hasSize(1);
    }
}
