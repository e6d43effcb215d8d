package dev.opencode4j.zen.internal.schema;

import dev.opencode4j.core.error.ProtocolException;
import dev.opencode4j.core.part.Json;
import java.util.Optional;

/** The schema that an answer has to follow. */
public final class AnswerSchema {

    private final SchemaValidator validator;

    /**
     * A schema, by JSON Schema 2020-12 unless it names another draft. Nothing is fetched.
     *
     * @throws IllegalArgumentException if it is no JSON schema
     */
    public AnswerSchema(Json schema) {
        validator = new SchemaValidator(schema, "schema");
    }

    /** The schema as it was given. */
    public Json schema() {
        return validator.schema();
    }

    /**
     * The answer as a value that follows the schema; one in a code fence is what stands in the fence.
     *
     * @throws ProtocolException if it is no JSON, or does not follow; says where
     */
    public Json check(String answer) {
        String text = CodeFence.content(answer);
        if (text.isEmpty()) throw new ProtocolException("the answer is empty, JSON was asked for", null, answer, null);
        Json value;
        try {
            value = Json.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("the answer is not the JSON that was asked for", null, answer, e);
        }
        Optional<String> mismatch = validator.mismatch(value);
        if (mismatch.isEmpty()) return value;
        throw new ProtocolException("the answer does not follow the schema: " + mismatch.get(), null, answer, null);
    }
}
