package dev.opencode4j.zen.internal.turn;

import dev.opencode4j.core.error.UnsupportedFeatureException;
import dev.opencode4j.core.prompt.Attachment;
import dev.opencode4j.core.prompt.Model;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.zen.internal.schema.AnswerSchema;
import dev.opencode4j.zen.internal.wire.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes of a prompt what is asked, and refuses what can't be asked before anything is sent. */
final class AskReader {

    private static final Set<String> FETCHABLE = Set.of("data", "http", "https");

    private final Settings settings;
    private final @Nullable Model sessionModel;

    AskReader(Settings settings, @Nullable Model sessionModel) {
        this.settings = settings;
        this.sessionModel = sessionModel;
        if (sessionModel != null) refuseVariant(sessionModel);
    }

    Ask read(Prompt prompt) {
        if (prompt.agent() != null) throw unsupported("agents are OpenCode's, and a bare model has none");
        String id = prompt.messageId() == null ? Ids.next("msg") : prompt.messageId();
        checkUnicode(prompt.text());
        prompt.attachments().forEach(AskReader::checkImage);
        return new Ask(
                id,
                List.of(Message.user(prompt.text(), prompt.attachments())),
                model(prompt.model()),
                system(prompt.system()),
                prompt.schema() == null ? null : new AnswerSchema(prompt.schema()),
                settings.tools().without(prompt.tools()));
    }

    private String model(@Nullable Model asked) {
        if (asked != null) {
            refuseVariant(asked);
            return asked.name();
        }
        return sessionModel == null ? settings.model() : sessionModel.name();
    }

    private @Nullable String system(@Nullable String more) {
        if (settings.system() == null && more == null) return null;
        return Stream.of(settings.system(), more).filter(text -> text != null).collect(Collectors.joining("\n\n"));
    }

    private static void refuseVariant(Model model) {
        if (model.variant() != null) throw unsupported("variants of models are OpenCode's: name the model alone");
    }

    private static UnsupportedFeatureException unsupported(String why) {
        return new UnsupportedFeatureException(why, null, null);
    }

    /** Half a character can't be sent, and would arrive as a question mark. */
    private static void checkUnicode(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("text: must be Unicode, has half of a surrogate pair");
        }
    }

    private static void checkImage(Attachment attachment) {
        String scheme = attachment.url().getScheme();
        boolean isImage = attachment.mime().toLowerCase(Locale.ROOT).startsWith("image/");
        if (!isImage || scheme == null || !FETCHABLE.contains(scheme.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("attachment: must be an image with a data:, http: or https: URL; "
                    + attachment.filename() + " is " + attachment.mime() + " with " + scheme + ':');
        }
    }
}
