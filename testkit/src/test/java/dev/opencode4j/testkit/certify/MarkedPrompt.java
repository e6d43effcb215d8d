package dev.opencode4j.testkit.certify;

import dev.opencode4j.testkit.model.Answer;
import dev.opencode4j.testkit.model.ModelRequest;
import dev.opencode4j.testkit.model.Script;
import dev.opencode4j.testkit.model.ScriptedModel;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A prompt with a marker that all that comes of it shows: every text, command, output and cut-off answer.
 *
 * @param kind what the model does
 * @param marker a word that only this prompt has
 */
record MarkedPrompt(Kind kind, String marker) {

    private static final Pattern MARKER = Pattern.compile("mk-[0-9a-f]{8}");

    /** What the model does with a prompt. */
    enum Kind {
        /** Says some words. */
        SAYS,
        /** Says many words, slowly. */
        TALKS,
        /** Runs a command, which asks for permission. */
        ASKS,
        /** Starts a sub-agent, which runs a command. */
        DELEGATES,
        /** Is cut off at its longest answer. */
        OVERFLOWS,
        /** Is refused by the provider. */
        REFUSED
    }

    static MarkedPrompt any(Random random) {
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        return new MarkedPrompt(kind, String.format("mk-%08x", random.nextInt()));
    }

    String text() {
        return tag(kind) + "=" + marker;
    }

    /** How often the model began to answer it; a sub-agent's prompt has another tag. */
    int timesRun(ScriptedModel model) {
        return model.timesRun(text());
    }

    /** The markers in a text. */
    static Set<String> markersIn(String text) {
        return MARKER.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The markers in a text other than this prompt's own. */
    Set<String> foreignMarkersIn(String text) {
        Set<String> markers = markersIn(text);
        markers.remove(marker);
        return markers;
    }

    /** Teaches a model what to do. */
    static void teach(ScriptedModel model) {
        teach(model, Kind.SAYS, marker -> Answer.words("I say " + marker + " and that is all"));
        teach(
                model,
                Kind.TALKS,
                marker -> Answer.empty()
                        .pace(Duration.ofMillis(20))
                        .say(Stream.generate(() -> "talk ").limit(30).toArray(String[]::new))
                        .say(marker));
        Script command = request -> afterTools(
                request, marker -> Answer.empty().say("I run ", marker).call("bash", command(marker)), tag(Kind.ASKS));
        model.on(word(Kind.ASKS), command);
        model.on(
                word(Kind.DELEGATES),
                request -> afterTools(
                        request,
                        marker -> Answer.empty().say("I delegate ", marker).call("task", task(marker)),
                        tag(Kind.DELEGATES)));
        model.on(
                "subwork",
                request -> afterTools(
                        request,
                        marker -> Answer.empty().say("I work on ", marker).call("bash", command(marker)),
                        "#subwork"));
        teach(
                model,
                Kind.OVERFLOWS,
                marker -> Answer.words("I overflow " + marker).finish("length"));
        model.on(word(Kind.REFUSED), request -> Answer.status(400));
    }

    private interface Speech {
        Answer about(String marker);
    }

    private static void teach(ScriptedModel model, Kind kind, Speech speech) {
        model.on(word(kind), request -> speech.about(argument(request, tag(kind))));
    }

    private static Answer afterTools(ModelRequest request, Speech first, String tag) {
        String marker = argument(request, tag);
        return request.toolResults() > 0 ? Answer.words("I am done with " + marker) : first.about(marker);
    }

    private static Map<String, String> command(String marker) {
        return Map.of("command", "echo " + marker, "description", "Print " + marker);
    }

    private static Map<String, String> task(String marker) {
        return Map.of("description", "work on " + marker, "prompt", "#subwork=" + marker, "subagent_type", "general");
    }

    private static String argument(ModelRequest request, String tag) {
        return request.argument(tag.substring(1)).orElse("nothing");
    }

    private static String word(Kind kind) {
        return tag(kind).substring(1);
    }

    private static String tag(Kind kind) {
        return "#shared" + kind.name().toLowerCase(Locale.ROOT);
    }
}
