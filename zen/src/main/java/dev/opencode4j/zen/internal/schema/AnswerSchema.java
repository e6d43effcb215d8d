package dev.opencode4j.zen.internal.schema;

import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.JsonSchemaException;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.opencode4j.core.error.ProtocolException;
import dev.opencode4j.core.json.syntax.JsonSyntax;
import dev.opencode4j.core.part.Json;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The schema that an answer has to follow. Belongs to one turn. */
public final class AnswerSchema {

    private static final int TOLD = 3;

    private final Json schema;
    private final Validator validator;
    private final URI address;

    /**
     * A schema, by JSON Schema 2020-12 unless it names another draft. Nothing is fetched.
     *
     * @throws IllegalArgumentException if it is no JSON schema
     */
    public AnswerSchema(Json schema) {
        this.schema = schema;
        validator = new ValidatorFactory().withJsonNodeFactory(TreeNode.FACTORY).createValidator();
        try {
            address = validator.registerSchema(TreeNode.MAPPER.readTree(schema.text()));
        } catch (JsonSchemaException e) {
            throw new IllegalArgumentException("schema: must be a JSON schema: " + e.getMessage(), e);
        }
    }

    /** The schema as it was given. */
    public Json schema() {
        return schema;
    }

    /**
     * The answer as a value that follows the schema.
     *
     * @throws ProtocolException if it is no JSON, or does not follow; says where
     */
    public Json check(String answer) {
        JsonNode value;
        try {
            value = TreeNode.MAPPER.readTree(answer);
            if (!value.isMissingNode())
                JsonSyntax.check(answer); // Its bounds are narrower: of exponents, for instance.
        } catch (JacksonException e) {
            throw new ProtocolException("the answer is not the JSON that was asked for", null, answer, e);
        }
        if (value.isMissingNode()) {
            throw new ProtocolException("the answer is empty, JSON was asked for", null, answer, null);
        }
        Validator.Result result = validator.validate(address, value);
        if (!result.isValid()) throw mismatch(result.getErrors(), answer);
        return Json.verbatim(answer.strip());
    }

    private static ProtocolException mismatch(List<Error> errors, String answer) {
        String where = errors.stream()
                .limit(TOLD)
                .map(error ->
                        (error.getInstanceLocation().isEmpty() ? "the whole" : "at " + error.getInstanceLocation())
                                + ": " + error.getError())
                .collect(Collectors.joining("; "));
        return new ProtocolException("the answer does not follow the schema: " + where, null, answer, null);
    }
}
