package dev.opencode4j.core.reply;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentTypesTest {

    @ParameterizedTest
    @CsvSource({
        "README.md, text/markdown",
        "/a/b/Data.JSON, application/json",
        "index.html, text/html",
        "a.csv, text/csv",
        "App.java, text/x-java",
        "a.py, text/x-python",
        "a.ts, text/x-typescript",
        "a.yaml, application/yaml",
        "a.svg, image/svg+xml",
        "a.pdf, application/pdf",
        "a.png, image/png",
        "a.tar.gz, application/gzip",
        "a.xyz, application/octet-stream", // 13.7 [V]
        "Makefile, application/octet-stream", // 13.7 [V]
        "md, application/octet-stream",
        "a., application/octet-stream",
        "dir.md/notes, application/octet-stream",
    })
    void theEndOfTheNameTellsTheType(String name, String type) {
        assertThat(ContentTypes.of(name)).isEqualTo(type);
    }
}
