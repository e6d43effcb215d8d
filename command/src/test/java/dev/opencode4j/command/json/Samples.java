package dev.opencode4j.command.json;

import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.ErrorReported;
import dev.opencode4j.core.event.PartAdded;
import dev.opencode4j.core.event.PartFinished;
import dev.opencode4j.core.event.PermissionAsked;
import dev.opencode4j.core.event.PermissionReplied;
import dev.opencode4j.core.event.QuestionAnswered;
import dev.opencode4j.core.event.QuestionAsked;
import dev.opencode4j.core.event.QuestionRejected;
import dev.opencode4j.core.event.ReasoningDelta;
import dev.opencode4j.core.event.Reconnected;
import dev.opencode4j.core.event.Retrying;
import dev.opencode4j.core.event.StepFinished;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.core.event.TodosChanged;
import dev.opencode4j.core.event.ToolProgressed;
import dev.opencode4j.core.event.TurnCompleted;
import dev.opencode4j.core.event.TurnFailed;
import dev.opencode4j.core.event.TurnInterrupted;
import dev.opencode4j.core.event.TurnStarted;
import dev.opencode4j.core.event.UnknownEvent;
import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.interaction.PermissionRequest;
import dev.opencode4j.core.interaction.Question;
import dev.opencode4j.core.interaction.QuestionReply;
import dev.opencode4j.core.interaction.QuestionRequest;
import dev.opencode4j.core.part.FilePart;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.part.ReasoningPart;
import dev.opencode4j.core.part.TextPart;
import dev.opencode4j.core.part.Todo;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.part.ToolStatus;
import dev.opencode4j.core.part.UnknownPart;
import dev.opencode4j.core.reply.Attempt;
import dev.opencode4j.core.reply.Reply;
import dev.opencode4j.core.reply.TurnResult;
import dev.opencode4j.core.reply.Usage;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One event of each kind at least. */
final class Samples {

    private static final Instant NOW = Instant.parse("2026-11-20T00:00:00Z");
    private static final Usage USAGE = new Usage(1, 2, 3, 4, 5);
    private static final BigDecimal COST = new BigDecimal("1E-6");
    private static final Reply REPLY = new Reply(
            List.of(new TextPart("prt_1", "msg_2", 0, "Hello")),
            USAGE,
            COST,
            "stop",
            List.of(),
            Json.parse("{\"n\": 1}"));
    private static final TurnResult RESULT = new TurnResult(
            "ses_1", "msg_1", REPLY, List.of(new Attempt(NOW, Duration.ofSeconds(1), USAGE, COST, null)));
    private static final ToolPart CALL = ToolPart.builder("prt_2")
            .tool("bash")
            .status(ToolStatus.RUNNING)
            .input(Json.parse("{\n  \"command\": \"ls\"\r\n}"))
            .startedAt(NOW)
            .build();

    static final TurnFailed FAILED = new TurnFailed(ServerException.fatal("boom", null), RESULT);
    static final UnknownEvent UNKNOWN = new UnknownEvent("lsp.updated", Json.parse("{\n\"a\": [1,\r\n2]}"));
    static final Reconnected RECONNECTED = new Reconnected(Duration.ofMillis(1250), "reset");
    static final Retrying RETRYING = new Retrying(2, "overloaded", NOW);
    static final ToolProgressed TOOL = new ToolProgressed(CALL);

    static final List<AgentEvent> EVENTS = List.of(
            new TurnStarted("ses_1", "msg_1"),
            new PartAdded(new UnknownPart("prt_3", "msg_2", 1, "patch", Json.parse("{\"hash\":\"x\"}"))),
            new PartAdded(new FilePart("prt_4", "msg_2", 2, "text/plain", null, URI.create("data:,x"))),
            new TextDelta("prt_1", 0, "a\nb\u0007\"\u2028"),
            new ReasoningDelta("prt_5", 3, "hm"),
            new PartFinished(new ReasoningPart("prt_5", "msg_2", 3, "hm")),
            TOOL,
            new StepFinished("prt_6", USAGE, COST, "stop"),
            new TodosChanged(List.of(new Todo("write", "pending", null, null))),
            new PermissionAsked(new PermissionRequest(
                    "per_1", "ses_1", "bash", List.of("ls"), List.of("ls *"), Json.EMPTY, "msg_2", "call_1")),
            new PermissionReplied("per_1", PermissionReply.ONCE, Duration.ofMillis(3)),
            new QuestionAsked(new QuestionRequest(
                    "que_1",
                    "ses_1",
                    List.of(new Question("Which?", "Which", List.of(new Question.Option("A", "the first")), false)),
                    "msg_2",
                    null)),
            new QuestionAnswered("que_1", QuestionReply.of("A"), Duration.ZERO),
            new QuestionRejected("que_1", Duration.ZERO),
            RETRYING,
            RECONNECTED,
            new ErrorReported(ServerException.fatal("boom", null)),
            UNKNOWN,
            new TurnCompleted(RESULT),
            FAILED,
            new TurnInterrupted(RESULT));

    private Samples() {}
}
