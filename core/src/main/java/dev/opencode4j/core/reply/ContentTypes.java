package dev.opencode4j.core.reply;

import static java.util.Map.entry;

import java.util.Locale;
import java.util.Map;

/** The media types of files by the ends of their names. The JDK's own table has few of those that agents write. */
public final class ContentTypes {

    /** The type of a file that nothing is known of. */
    public static final String UNKNOWN = "application/octet-stream";

    private static final Map<String, String> BY_EXTENSION = Map.ofEntries(
            entry("bash", "application/x-sh"),
            entry("c", "text/x-c"),
            entry("cpp", "text/x-c++"),
            entry("css", "text/css"),
            entry("csv", "text/csv"),
            entry("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            entry("gif", "image/gif"),
            entry("go", "text/x-go"),
            entry("gz", "application/gzip"),
            entry("h", "text/x-c"),
            entry("htm", "text/html"),
            entry("html", "text/html"),
            entry("java", "text/x-java"),
            entry("jpeg", "image/jpeg"),
            entry("jpg", "image/jpeg"),
            entry("js", "text/javascript"),
            entry("json", "application/json"),
            entry("jsonl", "application/jsonl"),
            entry("jsx", "text/javascript"),
            entry("kt", "text/x-kotlin"),
            entry("log", "text/plain"),
            entry("markdown", "text/markdown"),
            entry("md", "text/markdown"),
            entry("mjs", "text/javascript"),
            entry("mp3", "audio/mpeg"),
            entry("mp4", "video/mp4"),
            entry("pdf", "application/pdf"),
            entry("php", "text/x-php"),
            entry("png", "image/png"),
            entry("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
            entry("properties", "text/plain"),
            entry("py", "text/x-python"),
            entry("rb", "text/x-ruby"),
            entry("rs", "text/x-rust"),
            entry("sh", "application/x-sh"),
            entry("sql", "application/sql"),
            entry("svg", "image/svg+xml"),
            entry("toml", "application/toml"),
            entry("ts", "text/x-typescript"),
            entry("tsv", "text/tab-separated-values"),
            entry("tsx", "text/x-typescript"),
            entry("txt", "text/plain"),
            entry("wasm", "application/wasm"),
            entry("wav", "audio/wav"),
            entry("webp", "image/webp"),
            entry("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            entry("xml", "application/xml"),
            entry("yaml", "application/yaml"),
            entry("yml", "application/yaml"),
            entry("zip", "application/zip"));

    private ContentTypes() {}

    /** The media type of the file {@code name}, which may be a path; {@link #UNKNOWN} if its end says nothing. */
    public static String of(String name) {
        int dot = name.lastIndexOf('.');
        if (dot < 0) return UNKNOWN;
        String extension = name.substring(dot + 1).toLowerCase(Locale.ROOT);
        return BY_EXTENSION.getOrDefault(extension, UNKNOWN);
    }
}
