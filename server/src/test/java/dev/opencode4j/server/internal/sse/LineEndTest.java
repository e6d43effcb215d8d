package dev.opencode4j.server.internal.sse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LineEndTest {

    /** Rich in the bytes that differ from a line's end by one bit or by the sign. */
    private static final byte[] ALPHABET = {'\n', '\r', 0x0B, 0x0C, 0x0E, 0x00, (byte) 0x8A, (byte) 0x8D, -1, 'a', 'b', 'c', '{'};

    @Test
    void findsWhatALookAtEachByteFinds() {
        Random random = new Random(7);
        for (int run = 0; run < 20_000; run++) {
            byte[] bytes = new byte[random.nextInt(40)];
            int rarity = 1 + random.nextInt(20);
            for (int i = 0; i < bytes.length; i++) {
                int choice = random.nextInt(ALPHABET.length * rarity);
                bytes[i] = choice < ALPHABET.length ? ALPHABET[choice] : 'x';
            }
            int start = random.nextInt(bytes.length + 1);
            int end = start + random.nextInt(bytes.length - start + 1);
            assertThat(LineEnd.find(bytes, start, end)).isEqualTo(byteByByte(bytes, start, end));
        }
    }

    private static int byteByByte(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') return i;
        }
        return end;
    }
}
