package dev.opencode4j.server.model;

import dev.opencode4j.core.event.StepFinished;
import dev.opencode4j.core.part.Part;
import dev.opencode4j.core.reply.Reply;
import java.util.List;

/**
 * A stored message.
 *
 * @param info what the server says of it
 * @param parts its parts in order, without the marks of steps; a part's index is its position here
 * @param steps what each of its finished steps used
 * @param continuation whether the server itself put it there, to go on after it compacted the history
 */
public record Message(MessageInfo info, List<Part> parts, List<StepFinished> steps, boolean continuation) {

    /** Keeps copies of the lists. */
    public Message {
        parts = List.copyOf(parts);
        steps = List.copyOf(steps);
    }

    /** The message's id. */
    public String id() {
        return info.id();
    }

    /** The message read as a reply of its own: for its text, reasoning, tools, usage and cost. */
    public Reply asReply() {
        return new Reply(parts, info.usage(), info.cost(), info.finish(), List.of(), info.structured());
    }

    /** Its texts, blank ones left out, with an empty line between two. */
    public String text() {
        return asReply().text();
    }
}
