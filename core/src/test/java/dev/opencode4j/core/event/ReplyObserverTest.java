package dev.opencode4j.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.interaction.PermissionRequest;
import dev.opencode4j.core.interaction.QuestionReply;
import dev.opencode4j.core.interaction.QuestionRequest;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.part.TextPart;
import dev.opencode4j.core.part.Todo;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.reply.Reply;
import dev.opencode4j.core.reply.TurnResult;
import dev.opencode4j.core.reply.Usage;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReplyObserverTest { // 8

    private static final TurnResult RESULT = new TurnResult("ses_1", "msg_1", Reply.EMPTY, List.of());
    private static final TextPart TEXT = new TextPart("t", "msg_1", 0, "a");

    @Test
    void everyEventReachesTheMethodThatIsNamedForIt() {
        Map<AgentEvent, String> reached = new LinkedHashMap<>();
        for (AgentEvent event : each()) dispatchTo(event, reached);
        assertThat(reached)
                .hasSameSizeAs(each())
                .allSatisfy((event, method) ->
                        assertThat(method).isEqualTo(event instanceof TurnEnded ? "turnEnded" : methodOf(event)));
    }

    @Test
    void noKindOfEventIsForgottenHere() {
        assertThat(each())
                .extracting(event -> (Object) event.getClass())
                .containsExactlyInAnyOrderElementsOf(kinds(AgentEvent.class).toList());
    }

    @Test
    void anObserverThatOverridesNothingDoesNothing() {
        ReplyObserver idle = new ReplyObserver() {};
        assertThatCode(() -> each().forEach(idle)).doesNotThrowAnyException();
    }

    @Test
    void anEventDoesNotChangeWithTheListItWasMadeOf() { // 7.6: receivers saw later mutations
        List<Todo> todos = new ArrayList<>(List.of(new Todo("Plan", "pending", null, null)));
        TodosChanged event = new TodosChanged(todos);
        todos.clear();
        assertThat(event.todos()).hasSize(1);
    }

    private static void dispatchTo(AgentEvent event, Map<AgentEvent, String> reached) {
        ReplyObserver observer = (ReplyObserver) Proxy.newProxyInstance(
                ReplyObserver.class.getClassLoader(), new Class<?>[] {ReplyObserver.class}, (proxy, method, args) -> {
                    reached.put((AgentEvent) args[0], method.getName());
                    return null;
                });
        EventDispatch.dispatch(event, observer);
    }

    private static String methodOf(AgentEvent event) {
        String name = event.getClass().getSimpleName();
        String method = Character.toLowerCase(name.charAt(0)) + name.substring(1);
        assertThat(Arrays.stream(ReplyObserver.class.getMethods()).map(Method::getName))
                .contains(method);
        return method;
    }

    private static Stream<Object> kinds(Class<?> type) {
        Class<?>[] permitted = type.getPermittedSubclasses();
        return permitted == null ? Stream.of(type) : Arrays.stream(permitted).flatMap(ReplyObserverTest::kinds);
    }

    private static List<AgentEvent> each() {
        BadRequestException error = new BadRequestException("no", null, null);
        return List.of(
                new TurnStarted("ses_1", "msg_1"),
                new PartAdded(TEXT),
                new TextDelta("t", 0, "a"),
                new ReasoningDelta("r", 0, "a"),
                new PartFinished(TEXT),
                new ToolProgressed(ToolPart.builder("x").build()),
                new StepFinished("s", Usage.NONE, BigDecimal.ZERO, "stop"),
                new TodosChanged(List.of()),
                new PermissionAsked(
                        new PermissionRequest("per_1", "ses_1", "bash", List.of(), List.of(), Json.EMPTY, null, null)),
                new PermissionReplied("per_1", PermissionReply.ONCE, Duration.ZERO),
                new QuestionAsked(new QuestionRequest("que_1", "ses_1", List.of(), null, null)),
                new QuestionAnswered("que_1", QuestionReply.of("Red"), Duration.ZERO),
                new QuestionRejected("que_1", Duration.ZERO),
                new Retrying(1, "overloaded", Instant.EPOCH),
                new Reconnected(Duration.ZERO, "reset"),
                new ErrorReported(error),
                new UnknownEvent("session.moved", Json.EMPTY),
                new TurnCompleted(RESULT),
                new TurnFailed(error, RESULT),
                new TurnInterrupted(RESULT));
    }
}
