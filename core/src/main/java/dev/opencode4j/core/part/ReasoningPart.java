package dev.opencode4j.core.part;

/**
 * Text that the model wrote while thinking.
 *
 * @param id the part's id
 * @param messageId the assistant message that holds it
 * @param index the position in the reply
 * @param text the text so far, or the whole text once the part is finished
 */
public record ReasoningPart(String id, String messageId, int index, String text) implements Part {
    @Override
    public ReasoningPart at(int position) {
        return new ReasoningPart(id, messageId, position, text);
    }
}
