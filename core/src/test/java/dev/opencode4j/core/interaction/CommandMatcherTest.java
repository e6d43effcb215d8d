package dev.opencode4j.core.interaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opencode4j.core.part.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandMatcherTest {

    private static final CommandMatcher LOG = CommandMatcher.exactly("git log", "git status");
    private static final CommandMatcher ANY_SIMPLE = CommandMatcher.simple(command -> true);

    private static PermissionRequest request(@Nullable String command) {
        return new PermissionRequest(
                        "per_1", "ses_1", "bash", List.of("git log"), List.of("git log *"), Json.EMPTY, null, null)
                .with(new ToolCallDetails(command, null, Json.EMPTY));
    }

    @Test
    void theWholeCommandMustBeTheOneThatIsAllowed() {
        assertThat(LOG).accepts(request("git log"), request("git status")).rejects(request("git log -p"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git log; git init x",
                "git log && git init x",
                "git log | sh",
                "git log > f",
                "git log 2>&1",
                "git log $(git init x)",
                "git log `git init x`",
                "git log\ngit init x",
                "git log\r\ngit init x",
                "git log & git init x",
                "git log <(git init x)",
                "git log $HOME",
                "git log \"a b\"",
                "git log 'a'",
                "git log a\\ b",
                "git log *",
                "git log [a]",
                "git log {a,b}",
                "git log ~",
                "git log !1",
                "git log # rest",
                "git log %PATH%",
                "git log ^& git init x",
                "git log\tx",
                "git log \u2028 x",
                "git log\u0000x",
                "PATH=x git log",
                " git log"
            })
    void nothingThatAShellInterpretsIsExactOrSimple(String command) {
        assertThat(LOG).rejects(request(command));
        assertThat(ANY_SIMPLE).rejects(request(command));
    }

    @Test
    void aSimpleCommandIsTested() {
        CommandMatcher matcher = CommandMatcher.simple(command -> command.startsWith("git log "));
        assertThat(matcher)
                .accepts(request("git log --oneline -5 --author=me@example.org src/main"))
                .rejects(request("git init x"));
    }

    @Test
    void aLongCommandIsTestedToo() {
        assertThat(ANY_SIMPLE).accepts(request("echo" + " word".repeat(100_000)));
    }

    @Test
    void aCommandThatIsNotKnownNeverMatches() {
        assertThat(LOG).rejects(request(null));
        assertThat(ANY_SIMPLE).rejects(request(null));
    }

    @Test
    void aPolicyAllowsWhatMatchesOnceAndRejectsTheRest() {
        PermissionPolicy policy = PermissionPolicy.allowing(LOG);
        assertThat(policy.answer(request("git log")).toCompletableFuture()).isCompletedWithValue(PermissionReply.ONCE);
        assertThat(policy.answer(request("git log; git init x")).toCompletableFuture())
                .isCompletedWithValue(PermissionReply.REJECT);
        assertThat(policy.standing()).isEmpty();
    }

    @Test
    void aBlankCommandIsRefused() {
        assertThatThrownBy(() -> CommandMatcher.exactly("git log", " "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("commands");
    }
}
