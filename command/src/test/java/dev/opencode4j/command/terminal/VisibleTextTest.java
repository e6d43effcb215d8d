package dev.opencode4j.command.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {

    @Test
    void nothingIsCut() {
        String command = "echo " + "x".repeat(1000) + "; rm -rf /";
        String shown = VisibleText.block(command, 80);
        assertThat(shown.lines().map(line -> line.substring(4))).doesNotContain("");
        assertThat(String.join("", shown.lines().map(line -> line.substring(4)).toList()))
                .isEqualTo(command);
        assertThat(shown.lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(80));
    }

    @Test
    void lineEndsAndWrappedLinesAreTold() {
        assertThat(VisibleText.block("ls\n\nrm x\n", 80)).isEqualTo("  │ ls\n  │ \n  │ rm x\n  │ \n");
        assertThat(VisibleText.block("abcdefghijklmnopqrst", 20)).isEqualTo("  │ abcdefghijklmno\n  ┊ pqrst\n");
    }

    @Test
    void wideCharactersTakeTheirPlace() {
        assertThat(VisibleText.block("漢字漢字漢字漢字", 20)).isEqualTo("  │ 漢字漢字漢字漢\n  ┊ 字\n");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 7, 8, 0xD, 0x1B, 0x7F, 0x85, 0x9B, 0xA0, 0xAD, 0x115F, 0x200B, 0x200F, 0x2028, 0x202E, 0x2066,
                0x3000, 0x3164, 0xFE0F, 0xFEFF, 0xE000, 0xE0041, 0xE0100
            })
    void whatATerminalObeysOrHidesIsWritten(int point) {
        String written = String.format("<U+%04X>", point);
        assertThat(VisibleText.line("a" + Character.toString(point) + "b")).isEqualTo("a" + written + "b");
        assertThat(VisibleText.block("a" + Character.toString(point) + "b", 80)).isEqualTo("  │ a" + written + "b\n");
    }

    @Test
    void aLoneHalfOfACharacterIsWritten() {
        assertThat(VisibleText.line("a\uD83Db")).isEqualTo("a<U+D83D>b");
    }

    @Test
    void oneLineStaysOne() {
        assertThat(VisibleText.line("a\n? b\tc é 🌍")).isEqualTo("a<U+000A>? b⇥c é 🌍");
    }
}
