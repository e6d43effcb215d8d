package dev.opencode4j.zen.internal.wire;

import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The one mapper of this package. It reads a value in the middle of others, and so minds nothing that follows. */
final class Wire {

    static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** For chunks: they are read on one thread, which keeps its buffers to itself. */
    private static final JsonFactory CHUNKS = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.threadLocalPool())
            .build();

    private Wire() {}

    /** A parser of one chunk. */
    static JsonParser chunk(byte[] json, int offset, int length) {
        return CHUNKS.createParser(ObjectReadContext.empty(), json, offset, length);
    }
}
