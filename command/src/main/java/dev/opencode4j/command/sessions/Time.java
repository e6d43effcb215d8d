package dev.opencode4j.command.sessions;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** A time for people, in their own zone. */
final class Time {

    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    private Time() {}

    static String of(@Nullable Instant instant) {
        return instant == null ? "" : FORM.format(instant.atZone(ZoneId.systemDefault()));
    }
}
