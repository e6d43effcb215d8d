package dev.opencode4j.testkit.model;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Chooses the script of a request: a title's, else the one of the first known word in the prompt, else the echo. */
final class Scripts {

    private static final Answer TITLE = Answer.empty().say(ScriptedModel.TITLE);

    private final Map<String, Script> own = new ConcurrentHashMap<>();

    void put(String word, Script script) {
        own.put(word, script);
    }

    Answer answer(ModelRequest request) {
        if (request.isTitle()) {
            return TITLE;
        }
        return Tag.allIn(request.prompt())
                .flatMap(tag -> find(tag.word()).stream())
                .findFirst()
                .orElse(Catalogue.ECHO)
                .answer(request);
    }

    private Optional<Script> find(String word) {
        return Optional.ofNullable(own.getOrDefault(word, Catalogue.SCRIPTS.get(word)));
    }
}
