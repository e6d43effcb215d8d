package dev.opencode4j.command.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.command.terminal.Caller;
import dev.opencode4j.command.terminal.Out;
import dev.opencode4j.command.terminal.Standard;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.PermissionAsked;
import dev.opencode4j.core.event.PermissionReplied;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.core.event.ToolProgressed;
import dev.opencode4j.core.event.TurnInterrupted;
import dev.opencode4j.core.interaction.PermissionPolicy;
import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.interaction.PermissionRequest;
import dev.opencode4j.core.interaction.ToolCallDetails;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.part.ToolStatus;
import dev.opencode4j.core.reply.Reply;
import dev.opencode4j.core.reply.TurnResult;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What somebody at the terminal sees of a request, and what becomes of what is typed. */
class PersonTest {

    private static final long BOUND = 30;
    private static final String PROMPT = "  allow [o]nce, [a]lways, or [r]eject: ";

    private static final String SECOND = "  │ second\n  \"always\" allows no more than \"once\"\n" + PROMPT;

    /** The output and the error output are one screen. */
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    private final TypedLines typed = new TypedLines();
    private final Caller caller = new Caller(
            Map.of("NO_COLOR", "1"),
            typed,
            Out.essential(screen),
            Out.optional(screen),
            Set.of(Standard.INPUT, Standard.OUTPUT, Standard.ERROR));
    private final Screen shown = new Screen(caller);
    private final Person person = new Person(caller, shown);
    private final Output output = new AskingOutput(new TextOutput(shown, Detail.WATCHED), person);
    private final PermissionPolicy policy = person.permissions(Permissions.ASK);

    private CompletableFuture<PermissionReply> asks(PermissionRequest request) {
        output.event(new PermissionAsked(request));
        return policy.answer(request).toCompletableFuture();
    }

    private static PermissionRequest request(
            String id, @Nullable String command, @Nullable String diff, List<String> always) {
        return new PermissionRequest(
                        id,
                        "ses_1",
                        diff == null ? "bash" : "edit",
                        List.of("git log"),
                        always,
                        Json.EMPTY,
                        "msg_1",
                        "call_1")
                .with(new ToolCallDetails(command, diff, Json.EMPTY));
    }

    private static PermissionRequest command(String id, String command) {
        return request(id, command, null, List.of());
    }

    private static AgentEvent tool(String id, ToolStatus status) {
        return new ToolProgressed(
                ToolPart.builder(id).tool("read").status(status).build());
    }

    private String screen() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    private void awaitScreen(String end) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOUND);
        while (!screen().endsWith(end)) {
            assertThat(System.nanoTime())
                    .as(() -> "the screen ends: " + screen())
                    .isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static PermissionReply of(CompletableFuture<PermissionReply> reply) throws Exception {
        return reply.get(BOUND, TimeUnit.SECONDS);
    }

    @Test
    void theWholeCommandAndWhatAlwaysMeansAreShown() throws Exception {
        String command = "git log; git init x | cat > f 2>&1\n" + "#".repeat(300) + "\u001b[2J; rm -rf x";
        CompletableFuture<PermissionReply> reply =
                asks(request("per_1", command, null, List.of("git log *", "git init *")));
        awaitScreen(PROMPT);
        assertThat(screen())
                .startsWith("? bash asks to run\n  │ git log; git init x | cat > f 2>&1\n  │ ####")
                .contains("<U+001B>[2J; rm -rf x\n")
                .contains("from now on", "  │ git log *\n  │ git init *\n")
                .doesNotContain("\u001b");
        typed.type("a");
        assertThat(of(reply)).isEqualTo(PermissionReply.ALWAYS);
    }

    @Test
    void theWholeDiffIsShown() throws Exception {
        String diff = "--- a\n+++ b\n" + "+line\n".repeat(30) + "+the last one";
        CompletableFuture<PermissionReply> reply = asks(request("per_1", null, diff, List.of("*")));
        awaitScreen(PROMPT);
        assertThat(screen())
                .startsWith("? edit asks to change git log\n  │ --- a\n")
                .contains("  │ +the last one\n", "34 lines: scroll up");
        typed.type("r");
        assertThat(of(reply)).isEqualTo(PermissionReply.REJECT);
    }

    @Test
    void aCommandThatIsNotKnownIsSaidToBeUnknown() throws Exception {
        asks(request("per_1", null, null, List.of()));
        awaitScreen(PROMPT);
        assertThat(screen()).contains("the whole command is not known", "  │ git log\n");
    }

    @Test
    void theQuestionIsAloneUntilItIsAnswered() throws Exception {
        output.event(new TextDelta("prt_1", 0, "Looking."));
        CompletableFuture<PermissionReply> reply = asks(command("per_1", "ls"));
        awaitScreen(PROMPT);
        output.event(tool("prt_2", ToolStatus.RUNNING));
        output.event(tool("prt_2", ToolStatus.COMPLETED));
        output.event(new TextDelta("prt_3", 1, "Next."));
        assertThat(screen()).startsWith("Looking.\n? bash").endsWith(PROMPT);
        typed.type("o");
        assertThat(of(reply)).isEqualTo(PermissionReply.ONCE);
        awaitScreen("⚙ read … done\n\nNext.");
    }

    @Test
    void twoRequestsAreAskedOneAfterTheOther() throws Exception {
        CompletableFuture<PermissionReply> first = asks(command("per_1", "first"));
        CompletableFuture<PermissionReply> second = asks(command("per_2", "second"));
        awaitScreen(PROMPT);
        assertThat(screen()).contains("│ first").doesNotContain("second");
        typed.type("o");
        assertThat(of(first)).isEqualTo(PermissionReply.ONCE);
        awaitScreen(SECOND);
        typed.type("r");
        assertThat(of(second)).isEqualTo(PermissionReply.REJECT);
    }

    @Test
    void aRequestThatEndedElsewhereTakesNoAnswerAndNeitherDoesTheNextOneTakeIts() throws Exception {
        asks(command("per_1", "first"));
        CompletableFuture<PermissionReply> second = asks(command("per_2", "second"));
        awaitScreen(PROMPT);
        output.event(new PermissionReplied("per_1", PermissionReply.REJECT, Duration.ZERO));
        awaitScreen("answered elsewhere: press Enter to go on\n");
        typed.type("o");
        awaitScreen(SECOND);
        assertThat(second).isNotDone();
    }

    @Test
    void aRequestThatEndedBeforeItsQuestionIsNotAsked() throws Exception {
        CompletableFuture<PermissionReply> first = asks(command("per_1", "first"));
        asks(command("per_2", "second"));
        output.event(new PermissionReplied("per_2", PermissionReply.REJECT, Duration.ZERO));
        awaitScreen(PROMPT);
        typed.type("r");
        of(first);
        output.event(tool("prt_1", ToolStatus.COMPLETED));
        awaitScreen("⚙ read … done\n");
        assertThat(screen()).doesNotContain("second");
    }

    @Test
    void whatWasTypedBeforeTheQuestionIsNoAnswer() throws Exception {
        typed.type("a");
        CompletableFuture<PermissionReply> first = asks(command("per_1", "first"));
        CompletableFuture<PermissionReply> second = asks(command("per_2", "second"));
        awaitScreen(PROMPT);
        typed.type("o\no");
        assertThat(of(first)).isEqualTo(PermissionReply.ONCE);
        awaitScreen(SECOND);
        typed.type("r");
        assertThat(of(second)).isEqualTo(PermissionReply.REJECT);
    }

    @Test
    void theEndOfTheInputRejects() throws Exception {
        CompletableFuture<PermissionReply> reply = asks(command("per_1", "ls"));
        typed.end();
        assertThat(of(reply)).isEqualTo(PermissionReply.REJECT);
        awaitScreen(PROMPT + "\n✗ rejected: the input has ended\n");
    }

    @Test
    void anInterruptShowsItsEndWhileAQuestionIsOpen() throws Exception {
        asks(command("per_1", "ls"));
        awaitScreen(PROMPT);
        output.event(new TextDelta("prt_1", 0, "Text."));
        output.event(new TurnInterrupted(new TurnResult("ses_1", "msg_1", Reply.EMPTY, List.of())));
        assertThat(screen()).endsWith(PROMPT + "\nText.\n✗ interrupted\n");
    }
}
