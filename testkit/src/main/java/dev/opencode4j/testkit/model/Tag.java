package dev.opencode4j.testkit.model;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A {@code #word} or {@code #word=argument} in a prompt. */
record Tag(String word, Optional<String> argument) {

    // The command line gives its prompt to the model in quotes, so an argument ends before one.
    private static final Pattern TAG = Pattern.compile("#(\\w+)(?:=([\\w.:-]+))?");

    static Stream<Tag> allIn(String prompt) {
        return TAG.matcher(prompt).results().map(Tag::from);
    }

    private static Tag from(MatchResult match) {
        return new Tag(match.group(1), Optional.ofNullable(match.group(2)));
    }
}
