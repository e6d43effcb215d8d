package dev.opencode4j.benchmarks.pipeline;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** Several arrays of bytes as one. */
final class Joined {

    private Joined() {}

    static byte[] of(List<byte[]> arrays) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        arrays.forEach(out::writeBytes);
        return out.toByteArray();
    }
}
