package dev.opencode4j.command.terminal;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what libraries log off the screen: what matters is told by errors and exit codes. With {@code OPENCODE4J_LOG}
 * set, warnings are shown. It also saves the time that starting a logging system takes.
 */
public final class QuietLogs extends System.LoggerFinder {

    private static final boolean SHOWN =
            !System.getenv().getOrDefault("OPENCODE4J_LOG", "").isBlank();

    @Override
    public System.Logger getLogger(String name, Module module) {
        return new Warnings(name);
    }

    private record Warnings(String name) implements System.Logger {

        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            return SHOWN && level.getSeverity() >= Level.WARNING.getSeverity();
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, String message, @Nullable Throwable thrown) {
            if (isLoggable(level)) System.err.println(name + ": " + message + (thrown == null ? "" : ": " + thrown));
        }

        @Override
        public void log(
                Level level,
                @Nullable ResourceBundle bundle,
                String format,
                @Nullable Object @Nullable ... parameters) {
            if (isLoggable(level)) {
                String message = parameters == null ? format : MessageFormat.format(format, parameters);
                System.err.println(name + ": " + message);
            }
        }
    }
}
