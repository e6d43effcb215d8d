package dev.opencode4j.testkit.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many bytes are written at once: on a socket nobody can tell, for the system joins them again. */
class WeatherTest {

    private static List<String> written(Weather weather, String text) throws Exception {
        List<String> writes = new ArrayList<>();
        OutputStream out = new OutputStream() {
            @Override
            public void write(int single) {
                writes.add(String.valueOf((char) single));
            }

            @Override
            public void write(byte[] bytes, int from, int count) {
                writes.add(new String(bytes, from, count, StandardCharsets.UTF_8));
            }
        };
        weather.write(text.getBytes(StandardCharsets.UTF_8), text.length(), out);
        return writes;
    }

    @Test
    void inGoodWeatherAllIsWrittenAtOnce() throws Exception {
        assertThat(written(new Weather(), "0123456789")).containsExactly("0123456789");
    }

    @Test
    void splitItIsWrittenInPieces() throws Exception {
        Weather weather = new Weather();
        weather.split(4);
        assertThat(written(weather, "0123456789")).containsExactly("0123", "4567", "89");
    }
}
