package dev.opencode4j.command.batch;

import dev.opencode4j.batch.ProviderLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What {@code --per-provider} says: {@code 5}, or {@code anthropic=5}.
 *
 * @param provider the provider, or null for each of them
 * @param prompts how many at once
 */
record Limit(@Nullable String provider, int prompts) {

    /** Reads one. */
    static final class Text implements ITypeConverter<Limit> {

        @Override
        public Limit convert(String text) {
            int equals = text.lastIndexOf('=');
            String provider = equals < 0 ? null : text.substring(0, equals);
            String number = text.substring(equals + 1);
            if (!number.matches("[1-9]\\d{0,5}") || (provider != null && provider.isBlank())) {
                throw new TypeConversionException("'" + text + "' is no positive number such as 5 or anthropic=5");
            }
            return new Limit(provider, Integer.parseInt(number));
        }
    }

    static ProviderLimits all(List<Limit> limits) {
        ProviderLimits all = ProviderLimits.NONE;
        for (Limit limit : limits) {
            if (limit.provider == null) all = ProviderLimits.each(limit.prompts);
        }
        for (Limit limit : limits) {
            if (limit.provider != null) all = all.with(limit.provider, limit.prompts);
        }
        return all;
    }
}
