package dev.opencode4j.core.part;

/**
 * A part of a type that this version of the library has no record for; nothing of it is lost.
 *
 * @param id the part's id
 * @param messageId the message that holds it
 * @param index the position in the reply
 * @param type the type's name on the wire, such as {@code patch}
 * @param raw the whole part as it was received
 */
public record UnknownPart(String id, String messageId, int index, String type, Json raw) implements Part {
    @Override
    public UnknownPart at(int position) {
        return new UnknownPart(id, messageId, position, type, raw);
    }
}
