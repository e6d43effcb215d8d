package dev.opencode4j.zen.internal.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A way through a proxy, which it gives when it is asked. */
final class Tunnel implements AnswerSink {

    private static final int UNAUTHENTICATED = 407;

    private final AnswerParser answer = AnswerParser.ofTunnel(this);
    private final ByteBuffer in = ByteBuffer.allocate(4 << 10);
    private final ByteBuffer out;
    private @Nullable Head head;

    Tunnel(Route route) {
        String end = route.tunnelEnd();
        out = ByteBuffer.wrap(("CONNECT " + end + " HTTP/1.1\r\nHost: " + end + "\r\n\r\n").getBytes(ISO_8859_1));
    }

    /** Goes on asking; true when the way is free. */
    boolean dig(Pipe pipe) throws IOException {
        if (out.hasRemaining()) pipe.write(out);
        while (!answer.isDone()) {
            in.clear();
            int count = pipe.read(in);
            if (count < 0) throw new EOFException("the proxy hung up");
            if (count == 0) return false;
            boolean saysMore = answer.feed(in.array(), 0, count) < count;
            if (head != null && head.status() / 100 != 2) throw refused(head.status());
            if (saysMore) throw new IOException("the proxy says more than it was asked");
        }
        return true;
    }

    private static ProxyException refused(int status) {
        String words = "the proxy gives no way: status " + status;
        if (status == UNAUTHENTICATED) return new ProxyException(ProxyException.Reason.UNAUTHENTICATED, words);
        boolean mayPass = status == 429 || status >= 500;
        return new ProxyException(mayPass ? ProxyException.Reason.FAILED : ProxyException.Reason.REFUSED, words);
    }

    @Override
    public void head(Head given) {
        head = given;
    }

    @Override
    public void body(byte[] bytes, int offset, int length) {
        throw new IllegalStateException("such an answer has no body");
    }
}
