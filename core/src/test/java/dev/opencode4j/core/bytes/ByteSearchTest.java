package dev.opencode4j.core.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** Eight bytes at a time finds what one at a time finds. */
class ByteSearchTest {

    /** Rich in bytes that differ from the wanted ones by one bit, by one, or by the sign. */
    private static final byte[] NEAR = {
        '\n', '\r', 0x0B, 0x0C, 0x1F, 0x20, 0x21, 0, (byte) 0x8A, (byte) 0x9F, -1, '"', '\\'
    };

    private final Random random = new Random(7);

    @Test
    void findsEitherOfTwo() {
        for (int run = 0; run < 20_000; run++) {
            byte[] bytes = bytes();
            int start = random.nextInt(bytes.length + 1);
            int end = start + random.nextInt(bytes.length - start + 1);
            assertThat(ByteSearch.either(bytes, start, end, '"', '\\'))
                    .isEqualTo(first(bytes, start, end, b -> b == '"' || b == '\\'));
        }
    }

    @Test
    void findsControlCharacters() {
        for (int run = 0; run < 20_000; run++) {
            byte[] bytes = bytes();
            int start = random.nextInt(bytes.length + 1);
            int end = start + random.nextInt(bytes.length - start + 1);
            assertThat(ByteSearch.control(bytes, start, end))
                    .isEqualTo(first(bytes, start, end, b -> b >= 0 && b < ' '));
        }
    }

    @Test
    void takesWordsOfNoMoreThanThereIs() {
        for (int run = 0; run < 20_000; run++) {
            byte[] bytes = bytes();
            int start = random.nextInt(bytes.length + 1);
            int end = start + random.nextInt(bytes.length - start + 1);
            long expected = 0;
            for (int i = 0; i < Math.min(8, end - start); i++) expected |= (bytes[start + i] & 0xFFL) << (8 * i);
            long word = ByteSearch.word(bytes, start, end);
            assertThat(word).isEqualTo(expected);
            int quote = first(bytes, start, Math.min(start + 8, end), b -> b == '"') - start;
            if (end - start >= 8) assertThat(ByteSearch.inWord(word, '"')).isEqualTo(quote);
        }
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(40)];
        int rarity = 1 + random.nextInt(20);
        for (int i = 0; i < bytes.length; i++) {
            int choice = random.nextInt(NEAR.length * rarity);
            bytes[i] = choice < NEAR.length ? NEAR[choice] : (byte) 'x';
        }
        return bytes;
    }

    private static int first(byte[] bytes, int start, int end, IntPredicate wanted) {
        for (int i = start; i < end; i++) {
            if (wanted.test(bytes[i])) return i;
        }
        return end;
    }
}
