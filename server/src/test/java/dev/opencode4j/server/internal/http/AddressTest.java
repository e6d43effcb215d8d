package dev.opencode4j.server.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest
    @CsvSource({
        "http://h, http://h/session",
        "http://h/, http://h/session",
        "http://h:4096/prefix, http://h:4096/prefix/session",
        "https://h/a/b//, https://h/a/b/session",
        "http://h/p?token=t%20x, http://h/p/session?token=t%20x",
        "http://[::1]:4096, http://[::1]:4096/session",
    })
    void theBasePathAndItsQueryAreKept(String base, String whole) {
        assertThat(Address.of(base, Map.of()).resolve(Request.get("/session"))).hasToString(whole);
    }

    @Test
    void theScopeIsEscapedAndComesLast() {
        Map<String, String> scope = new LinkedHashMap<>();
        scope.put("directory", "/a b/ü&c");
        scope.put("workspace", "wrk_1");
        Address address = Address.of("http://h?k=v", scope);
        assertThat(address.resolve(Request.get("/session").query("limit", 2)))
                .hasToString("http://h/session?k=v&limit=2&directory=%2Fa+b%2F%C3%BC%26c&workspace=wrk_1");
        assertThat(address.resolve(Request.get("/global/health").unscoped())).hasToString("http://h/global/health?k=v");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:4096",
                "",
                "  ",
                "h",
                "/path",
                "ftp://h",
                "http://",
                "http:///x",
                "http://h h",
                "http://h#f"
            })
    void whatIsNoAddressIsRefusedInWords(String base) {
        assertThatThrownBy(() -> Address.of(base, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("baseUrl: must be an http or https URL with a host");
    }

    @Test
    void aPasswordInTheAddressIsRefusedWithoutQuotingIt() {
        for (String base : new String[] {"http://me:s3cret@h", "http://me:s3cret@h:x y"}) {
            assertThatThrownBy(() -> Address.of(base, Map.of()))
                    .hasMessageStartingWith("baseUrl:")
                    .hasMessageNotContaining("s3cret")
                    .hasNoCause();
        }
    }

    @Test
    void segmentsAreEscaped() {
        assertThat(PathSegment.escape("a b/c?d#e%é", "name")).isEqualTo("a%20b%2Fc%3Fd%23e%25%C3%A9");
        assertThat(PathSegment.escape("a..b", "name")).isEqualTo("a..b");
        for (String bad : new String[] {"", " ", ".", ".."}) {
            assertThatThrownBy(() -> PathSegment.escape(bad, "name"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("name: ");
        }
    }

    @Test
    void aWrittenPathKeepsItsQuery() {
        Request request = Request.raw("GET", "/file?path=a%20b");
        assertThat(Address.of("http://h", Map.of("directory", "d")).resolve(request))
                .hasToString("http://h/file?path=a%20b&directory=d");
        assertThat(request.where().path()).isEqualTo("/file");
        for (String bad : new String[] {"x", "//evil/x", "/a b", "/x#y", ""}) {
            assertThatThrownBy(() -> Request.raw("GET", bad)).hasMessageStartingWith("path: ");
        }
        assertThatThrownBy(() -> Request.raw("get it", "/x")).hasMessageStartingWith("method: ");
    }

    @Test
    void limitsArePositive() {
        for (Duration bad : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1)}) {
            assertThatThrownBy(() -> Request.get("/x").within(bad)).hasMessageStartingWith("timeout: ");
            assertThatThrownBy(() -> new Limits(bad, Duration.ofSeconds(1))).hasMessageStartingWith("connectTimeout: ");
            assertThatThrownBy(() -> new Limits(Duration.ofSeconds(1), bad)).hasMessageStartingWith("requestTimeout: ");
        }
    }
}
