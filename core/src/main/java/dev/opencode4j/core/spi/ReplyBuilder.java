package dev.opencode4j.core.spi;

import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.PartAdded;
import dev.opencode4j.core.event.PartFinished;
import dev.opencode4j.core.event.QuestionAsked;
import dev.opencode4j.core.event.ReasoningDelta;
import dev.opencode4j.core.event.StepFinished;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.core.event.TodosChanged;
import dev.opencode4j.core.event.ToolProgressed;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.part.Part;
import dev.opencode4j.core.part.ReasoningPart;
import dev.opencode4j.core.part.TextPart;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.reply.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A reply that builds itself from events, in whatever state these arrive.
 *
 * <p>What an agent reports is partial, repeats itself and has gaps. This folds it into parts and passes on only what
 * changed: each part is added once and before anything else is said of it, text only grows, a tool call never leaves
 * a terminal status, a step is counted once. Folding the events that were passed on gives the same reply again, but for
 * the structured value, which no event carries before the last.
 *
 * <p>Not thread-safe: it belongs to one turn. A delta costs an append. Each report that would make the reply larger than
 * its limit is refused with a {@link dev.opencode4j.core.error.ProtocolException}; the reply stays as it is then.
 */
public final class ReplyBuilder {

    private final List<Slot> slots = new ArrayList<>(2);
    private final Map<String, Integer> indexes = new HashMap<>(4);
    private final Map<String, Part> announced = new HashMap<>(2);
    private final StepTotals steps = new StepTotals();
    private final TodoList todos = new TodoList();
    private final QuestionLinks questions = new QuestionLinks();
    private final ReplyBudget budget;
    private @Nullable Json structured;

    /** The text that grew last: nearly every delta goes there, and to look it up costs more than to append. */
    private @Nullable GrowingText latest;

    /**
     * An empty reply.
     *
     * @param limit how many characters it may hold: see {@link dev.opencode4j.core.SessionOptions#replyLimit()}
     */
    public ReplyBuilder(int limit) {
        budget = new ReplyBudget(limit);
    }

    /**
     * Counts characters that an agent keeps for the reply and will tell later, such as the arguments of a tool call that
     * come in pieces.
     */
    public void reserve(int characters) {
        budget.add(characters);
    }

    /**
     * Takes in one report and passes to {@code out} what it changed, or the event itself if it is about no part.
     *
     * <p>A text that is added empty takes a place only when it grows, unless it is added with an index (of any value): so
     * a reader of a list keeps the list's order.
     *
     * @param out told in the middle of a change: it must not throw, and must not call back
     */
    public void apply(AgentEvent event, Consumer<? super AgentEvent> out) {
        if (event instanceof TextDelta delta) {
            append(delta.partId(), delta.text(), new TextPart(delta.partId(), "", Part.UNPLACED, ""), out);
        } else if (event instanceof ReasoningDelta delta) {
            append(delta.partId(), delta.text(), new ReasoningPart(delta.partId(), "", Part.UNPLACED, ""), out);
        } else if (event instanceof PartAdded added) {
            add(added.part(), out);
        } else if (event instanceof PartFinished finished) {
            finish(finished.part(), out);
        } else if (event instanceof ToolProgressed progressed) {
            progress(progressed.tool(), out);
        } else if (event instanceof StepFinished step) {
            if (!steps.knows(step))
                budget.add(ReplyBudget.PER_OBJECT + step.reason().length());
            if (steps.add(step)) out.accept(step);
        } else if (event instanceof TodosChanged changed) {
            out.accept(changed);
            long before = todos.size();
            todos.apply(changed, this, out);
            budget.add(todos.size() - before);
        } else if (event instanceof QuestionAsked asked) {
            budget.add(ReplyBudget.PER_OBJECT);
            out.accept(asked);
            questions.link(asked.request(), this, out);
        } else {
            out.accept(event);
        }
    }

    /** Keeps the value that was asked for with a JSON schema; the last one wins. */
    public void structured(Json value) {
        budget.add(value.text().length()
                - (structured == null ? 0 : structured.text().length()));
        structured = value;
    }

    /** The turn is over: adds what belongs to the reply and came in no part. Nothing is to be applied afterwards. */
    public void end(Consumer<? super AgentEvent> out) {
        budget.add(-todos.size()); // The part that may be made of it costs no more.
        todos.end(this, out);
    }

    /** The reply as it stands. */
    public Reply snapshot() {
        return new Reply(
                slots.stream().map(Slot::snapshot).toList(),
                steps.usage(),
                steps.cost(),
                steps.lastReason(),
                todos.list(),
                structured);
    }

    private void append(String partId, String text, Part unannounced, Consumer<? super AgentEvent> out) {
        if (text.isEmpty()) return;
        GrowingText slot = growing(partId);
        if (slot == null && indexes.containsKey(partId)) return; // It is of another kind.
        if (slot == null) slot = addText(announced.getOrDefault(partId, unannounced), out);
        grow(slot, text, out);
    }

    private void grow(GrowingText slot, String text, Consumer<? super AgentEvent> out) {
        if (slot.isFinished()) return; // Such a delta is a repeated or a late one.
        budget.add(text.length());
        slot.append(text);
        out.accept(slot.delta(text));
    }

    /**
     * A text part is first announced empty; many stay empty and never become a part of the reply. One with an index has
     * its place already: others come after it, whatever it is going to say.
     */
    private void add(Part part, Consumer<? super AgentEvent> out) {
        if (part instanceof ToolPart tool) {
            progress(tool, out);
        } else if (!GrowingText.isText(part)) {
            take(part, false, out);
        } else if (!isOfAnotherKind(part.id())) {
            GrowingText slot = growing(part.id());
            String text = GrowingText.textOf(part);
            if (slot == null && text.isEmpty() && part.index() == Part.UNPLACED) {
                if (!announced.containsKey(part.id())) budget.add(ReplyBudget.PER_OBJECT);
                announced.putIfAbsent(part.id(), part);
            } else {
                catchUp(slot == null ? addText(part, out) : slot, text, out);
            }
        }
    }

    private void finish(Part part, Consumer<? super AgentEvent> out) {
        if (part instanceof ToolPart tool) {
            progress(tool, out);
        } else if (GrowingText.isText(part)) {
            finishText(part, out);
        } else {
            take(part, true, out);
        }
    }

    /**
     * The final text wins over the deltas: some providers drop the last ones. A blank one says nothing, unless nothing is
     * what was said.
     */
    private void finishText(Part part, Consumer<? super AgentEvent> out) {
        String text = GrowingText.textOf(part);
        if (isOfAnotherKind(part.id())) return;
        GrowingText slot = growing(part.id());
        if (text.isBlank() && (slot == null || !slot.isEmpty())) return;
        if (slot == null) slot = addText(part, out);
        catchUp(slot, text, out);
        budget.add((long) text.length() - slot.length());
        if (slot.finish(part)) out.accept(new PartFinished(slot.snapshot()));
    }

    /** A text that does not go on from the deltas is not passed on: text only grows until it is final. */
    private void catchUp(GrowingText slot, String whole, Consumer<? super AgentEvent> out) {
        String missing = slot.missingFrom(whole);
        if (!missing.isEmpty()) grow(slot, missing, out);
    }

    /** Takes in a file or a part of an unknown type; a changed one is told as finished anew, for want of another word. */
    private void take(Part part, boolean last, Consumer<? super AgentEvent> out) {
        Integer index = indexes.get(part.id());
        if (index == null) {
            Part placed = put(part, last, out);
            if (last) out.accept(new PartFinished(placed));
        } else if (slots.get(index) instanceof Whole known && !(known.snapshot() instanceof ToolPart)) {
            Part placed = part.at(index);
            boolean news = !placed.equals(known.snapshot()) || (last && !known.finished());
            if (news) {
                budget.replace(known.snapshot(), placed);
                slots.set(index, new Whole(placed, true));
                out.accept(new PartFinished(placed));
            }
        }
    }

    private void progress(ToolPart report, Consumer<? super AgentEvent> out) {
        Integer index = indexes.get(report.id());
        if (index == null) {
            append(questions.linked(report), out);
            return;
        }
        ToolPart known = toolAt(index);
        if (known != null && known.id().equals(report.id())) {
            ToolPart merged = known.mergedWith(report);
            boolean isFound = !merged.callId().equals(known.callId());
            update(isFound ? questions.linked(merged) : merged, out);
        }
    }

    /** Adds a tool call unless its id is taken, and tells how far it is. */
    void append(ToolPart tool, Consumer<? super AgentEvent> out) {
        if (indexes.containsKey(tool.id())) return;
        ToolPart placed = (ToolPart) put(tool, tool.status().isTerminal(), out);
        todos.sighted(placed);
        tellProgress(placed, out);
    }

    /** Puts a changed tool call in its place and tells of it; silent if nothing changed. */
    void update(ToolPart tool, Consumer<? super AgentEvent> out) {
        ToolPart before = tool(tool.index());
        if (tool.equals(before)) return;
        budget.replace(before, tool);
        slots.set(tool.index(), new Whole(tool, tool.status().isTerminal()));
        todos.sighted(tool);
        tellProgress(tool, out);
    }

    private static void tellProgress(ToolPart tool, Consumer<? super AgentEvent> out) {
        out.accept(new ToolProgressed(tool));
        if (tool.status().isTerminal()) out.accept(new PartFinished(tool));
    }

    /** The tool call at {@code index}. */
    ToolPart tool(int index) {
        return (ToolPart) slots.get(index).snapshot();
    }

    private @Nullable ToolPart toolAt(int index) {
        return slots.get(index) instanceof Whole whole && whole.snapshot() instanceof ToolPart tool ? tool : null;
    }

    /** The latest tool call of this call id, or null. */
    @Nullable
    ToolPart lastToolOfCall(String callId) {
        for (int index = slots.size() - 1; index >= 0; index--) {
            ToolPart tool = toolAt(index);
            if (tool != null && tool.callId().equals(callId)) return tool;
        }
        return null;
    }

    private @Nullable GrowingText growing(String partId) {
        if (latest != null && latest.is(partId)) return latest;
        Integer index = indexes.get(partId);
        if (index == null || !(slots.get(index) instanceof GrowingText text)) return null;
        latest = text;
        return text;
    }

    private boolean isOfAnotherKind(String textId) {
        return indexes.containsKey(textId) && growing(textId) == null;
    }

    private GrowingText addText(Part first, Consumer<? super AgentEvent> out) {
        budget.add(ReplyBudget.PER_OBJECT);
        GrowingText slot = new GrowingText(first, slots.size());
        announced.remove(first.id());
        indexes.put(first.id(), slots.size());
        slots.add(slot);
        out.accept(new PartAdded(slot.bare()));
        return slot;
    }

    private Part put(Part part, boolean finished, Consumer<? super AgentEvent> out) {
        budget.add(ReplyBudget.sizeOf(part));
        Part placed = part.at(slots.size());
        indexes.put(part.id(), slots.size());
        slots.add(new Whole(placed, finished));
        out.accept(new PartAdded(placed));
        return placed;
    }
}
