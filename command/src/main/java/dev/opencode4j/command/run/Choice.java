package dev.opencode4j.command.run;

import dev.opencode4j.core.interaction.Question;
import java.util.List;
import java.util.stream.Stream;

/** What somebody typed as the answer to a question. */
final class Choice {

    private Choice() {}

    /** The labels whose numbers are typed; what holds no valid number, or too many, is words. */
    static List<String> of(String typed, Question question) {
        List<Integer> numbers =
                Stream.of(typed.split("[,\\s]+", -1)).map(Choice::number).toList();
        boolean valid = numbers.stream()
                .allMatch(number -> number >= 1 && number <= question.options().size());
        if (!valid || (numbers.size() > 1 && !question.multiple())) return List.of(typed);
        return numbers.stream()
                .map(number -> question.options().get(number - 1).label())
                .toList();
    }

    private static int number(String digits) {
        return digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : 0;
    }
}
