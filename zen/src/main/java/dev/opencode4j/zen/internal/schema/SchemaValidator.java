package dev.opencode4j.zen.internal.schema;

import dev.harrel.jsonschema.JsonSchemaException;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.opencode4j.core.part.Json;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Collectors;

/** A JSON schema that values are checked against. Thread-safe: one value at a time. */
public final class SchemaValidator {

    private static final int TOLD = 3;

    private final Json schema;
    private final Validator validator;
    private final URI address;

    /**
     * A schema, by JSON Schema 2020-12 unless it names another draft. Nothing is fetched.
     *
     * @param argument what the schema was given as, for the error
     * @throws IllegalArgumentException if it is no JSON schema
     */
    public SchemaValidator(Json schema, String argument) {
        this.schema = schema;
        validator = new ValidatorFactory().withJsonNodeFactory(TreeNode.FACTORY).createValidator();
        try {
            address = validator.registerSchema(TreeNode.MAPPER.readTree(schema.text()));
        } catch (JsonSchemaException e) {
            throw new IllegalArgumentException(argument + ": must be a JSON schema: " + e.getMessage(), e);
        }
    }

    /** The schema as it was given. */
    Json schema() {
        return schema;
    }

    /** What is wrong with a value and where, the first three of it; empty if it follows the schema. */
    public synchronized Optional<String> mismatch(Json value) {
        Validator.Result result = validator.validate(address, TreeNode.MAPPER.readTree(value.text()));
        if (result.isValid()) return Optional.empty();
        return Optional.of(result.getErrors().stream()
                .limit(TOLD)
                .map(error ->
                        (error.getInstanceLocation().isEmpty() ? "the whole" : "at " + error.getInstanceLocation())
                                + ": " + error.getError())
                .collect(Collectors.joining("; ")));
    }
}
