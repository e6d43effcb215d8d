package dev.opencode4j.server.internal.v1;

import dev.opencode4j.core.json.read.JsonReader;
import dev.opencode4j.core.reply.Usage;

/** Reads {@code tokens}: {@code {input, output, reasoning, cache: {read, write}}}. */
final class UsageReader {

    private UsageReader() {}

    static Usage read(JsonReader json) {
        long input = 0;
        long output = 0;
        long reasoning = 0;
        long[] cache = new long[2];
        if (json.enterObject()) {
            String field;
            while ((field = json.nextField()) != null) {
                switch (field) {
                    case "input" -> input = json.number();
                    case "output" -> output = json.number();
                    case "reasoning" -> reasoning = json.number();
                    case "cache" -> cache = cache(json);
                }
            }
        }
        return new Usage(input, output, reasoning, cache[0], cache[1]);
    }

    private static long[] cache(JsonReader json) {
        long[] readAndWrite = new long[2];
        if (json.enterObject()) {
            String field;
            while ((field = json.nextField()) != null) {
                switch (field) {
                    case "read" -> readAndWrite[0] = json.number();
                    case "write" -> readAndWrite[1] = json.number();
                }
            }
        }
        return readAndWrite;
    }
}
