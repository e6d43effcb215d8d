package dev.opencode4j.command.agent;

import dev.opencode4j.core.prompt.Model;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads models such as {@code anthropic/claude-sonnet-4-5}. */
public final class ModelText implements ITypeConverter<Model> {

    @Override
    public Model convert(String text) {
        try {
            return Model.of(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
