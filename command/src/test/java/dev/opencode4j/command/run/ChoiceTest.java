package dev.opencode4j.command.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.interaction.Question;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChoiceTest {

    private static Question question(boolean multiple) {
        return new Question(
                "Which?", "Which", List.of(new Question.Option("Red", ""), new Question.Option("Green", "")), multiple);
    }

    @Test
    void aNumberIsItsLabel() {
        assertThat(Choice.of("2", question(false))).containsExactly("Green");
    }

    @Test
    void severalNumbersAreSeveralLabelsWhereThatIsAllowed() {
        assertThat(Choice.of("2, 1", question(true))).containsExactly("Green", "Red");
        assertThat(Choice.of("2, 1", question(false))).containsExactly("2, 1");
    }

    @Test
    void everythingElseIsWords() {
        assertThat(Choice.of("3", question(true))).containsExactly("3");
        assertThat(Choice.of("a dark red", question(false))).containsExactly("a dark red");
        assertThat(Choice.of("99999999999999", question(false))).containsExactly("99999999999999");
    }
}
