package dev.opencode4j.command.agent;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations such as {@code 90s}, {@code 10m}, {@code 1h30m} or {@code 500ms}. */
public final class DurationText implements ITypeConverter<Duration> {

    private static final Pattern FORM =
            Pattern.compile("(?:(\\d{1,5})h)?(?:(\\d{1,5})m(?!s))?(?:(\\d{1,6})s)?(?:(\\d{1,9})ms)?");

    @Override
    public Duration convert(String text) {
        Matcher parts = FORM.matcher(text.strip());
        if (!parts.matches()) throw wrong(text);
        Duration duration = Duration.ofHours(number(parts, 1))
                .plusMinutes(number(parts, 2))
                .plusSeconds(number(parts, 3))
                .plusMillis(number(parts, 4));
        if (duration.isZero()) throw wrong(text);
        return duration;
    }

    private static long number(Matcher parts, int group) {
        String digits = parts.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static TypeConversionException wrong(String text) {
        return new TypeConversionException("'" + text + "' is no positive duration such as 90s, 10m or 1h30m");
    }
}
