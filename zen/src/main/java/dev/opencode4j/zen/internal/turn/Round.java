package dev.opencode4j.zen.internal.turn;

import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.OutputLimitException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.error.Where;
import dev.opencode4j.core.event.PartAdded;
import dev.opencode4j.core.event.PartFinished;
import dev.opencode4j.core.event.ReasoningDelta;
import dev.opencode4j.core.event.StepFinished;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.core.event.ToolProgressed;
import dev.opencode4j.core.part.Part;
import dev.opencode4j.core.part.ReasoningPart;
import dev.opencode4j.core.part.TextPart;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.reply.Usage;
import dev.opencode4j.core.work.TurnWriter;
import dev.opencode4j.zen.internal.wire.ChunkSink;
import dev.opencode4j.zen.internal.wire.Complaint;
import dev.opencode4j.zen.internal.wire.Message;
import dev.opencode4j.zen.internal.wire.Refusals;
import dev.opencode4j.zen.internal.wire.ToolCall;
import dev.opencode4j.zen.internal.wire.ToolFragment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One answer of the model, a step of the turn: told while it comes, and kept for the history. Filled by one thread at a
 * time, and read when it is over.
 */
final class Round implements ChunkSink {

    private enum Kind {
        TEXT,
        REASONING
    }

    private final TurnWriter writer;
    private final Where where;
    private final String messageId = Ids.next("msg");
    private final StringBuilder said = new StringBuilder();
    private final StringBuilder thought = new StringBuilder();
    private final Map<Integer, GrowingCall> growing = new LinkedHashMap<>();
    private final List<GrowingCall> calls = new ArrayList<>(0);
    private int parts;

    /** Where the open part begins in what was said, which is kept once: it may be very long. */
    private int partStart;

    private String partId = "";
    private @Nullable Kind kind;
    private String reason = "";
    private Usage usage = Usage.NONE;
    private BigDecimal cost = BigDecimal.ZERO;

    Round(TurnWriter writer, Where where) {
        this.writer = writer;
        this.where = where;
    }

    @Override
    public void gathering() {
        writer.hold();
    }

    @Override
    public void settled() {
        writer.release();
    }

    @Override
    public void text(String more) {
        open(Kind.TEXT);
        writer.tell(new TextDelta(partId, Part.UNPLACED, more));
        said.append(more);
    }

    @Override
    public void reasoning(String more) {
        open(Kind.REASONING);
        writer.tell(new ReasoningDelta(partId, Part.UNPLACED, more));
        thought.append(more);
    }

    private void open(Kind next) {
        if (kind == next) return;
        closePart();
        kind = next;
        partId = nextPartId();
        partStart = said.length();
        writer.tell(new PartAdded(part("")));
    }

    private void closePart() {
        if (kind == null) return;
        writer.tell(new PartFinished(part(kind == Kind.TEXT ? said.substring(partStart) : thought.toString())));
        thought.setLength(0);
        kind = null;
    }

    private Part part(String text) {
        return kind == Kind.TEXT
                ? new TextPart(partId, messageId, Part.UNPLACED, text)
                : new ReasoningPart(partId, messageId, Part.UNPLACED, text);
    }

    private String nextPartId() {
        return messageId + '_' + ++parts;
    }

    @Override
    public void toolCall(ToolFragment piece) {
        closePart();
        GrowingCall known = growing.get(piece.index());
        if (known == null || known.isAnother(piece)) begin(piece);
        else add(known, piece);
    }

    private void begin(ToolFragment piece) {
        GrowingCall call = new GrowingCall(nextPartId());
        add(call, piece);
        growing.put(piece.index(), call);
        calls.add(call);
        writer.tell(new ToolProgressed(toolPart(call)));
    }

    /** The call's arguments are told when they are complete, so they are counted here. */
    private void add(GrowingCall call, ToolFragment piece) {
        writer.reserve(call.lengthOf(piece));
        call.add(piece);
    }

    private ToolPart toolPart(GrowingCall growingCall) {
        ToolCall call = growingCall.call();
        return ToolPart.builder(growingCall.partId())
                .messageId(messageId)
                .callId(call.id())
                .tool(call.name())
                .build();
    }

    @Override
    public void finished(String why) {
        if (reason.isEmpty()) reason = why;
    }

    @Override
    public void used(Usage tokens) {
        usage = tokens;
    }

    @Override
    public void cost(BigDecimal amount) {
        cost = amount;
    }

    @Override
    public void failed(Complaint complaint) {
        throw Refusals.inStream(complaint, where);
    }

    /**
     * Tells that the answer is over, and what it used.
     *
     * @throws dev.opencode4j.core.error.AgentException if the model did not stop because it was done
     */
    void close() {
        closePart();
        writer.tell(new StepFinished(messageId, usage, cost, reason));
        switch (reason) {
            case "length" -> throw new OutputLimitException("the answer was cut off at its longest length", where);
            case "content_filter" ->
                throw new BadRequestException("the provider's content filter stopped the answer", where, null);
            case "error" -> throw ServerException.fatal("the model failed in the middle of its answer", where);
            default -> {
                // Done: tools or not is told by the calls, for some servers say "stop" to both.
            }
        }
    }

    /** What the model said, without what it thought. */
    String text() {
        return said.toString();
    }

    /** What the model called, as parts without arguments. */
    List<ToolPart> toolParts() {
        return calls.stream().map(this::toolPart).toList();
    }

    /** What the model called. */
    List<ToolCall> calls() {
        return calls.stream().map(GrowingCall::call).toList();
    }

    /** The answer as the history keeps it. */
    Message message() {
        return Message.assistant(text(), calls());
    }
}
