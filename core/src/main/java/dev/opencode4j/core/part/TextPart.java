package dev.opencode4j.core.part;

/**
 * Text that the model wrote for the user.
 *
 * @param id the part's id
 * @param messageId the assistant message that holds it
 * @param index the position in the reply
 * @param text the text so far, or the whole text once the part is finished
 */
public record TextPart(String id, String messageId, int index, String text) implements Part {
    @Override
    public TextPart at(int position) {
        return new TextPart(id, messageId, position, text);
    }
}
