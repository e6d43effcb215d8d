package dev.opencode4j.zen.internal.client;

import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.work.Ticker;
import dev.opencode4j.zen.internal.net.Call;
import dev.opencode4j.zen.internal.net.Exchange;
import dev.opencode4j.zen.internal.net.ProxyChoice;
import dev.opencode4j.zen.internal.net.RequestSender;
import dev.opencode4j.zen.internal.net.SenderClosedException;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Sends requests with a client that belongs to somebody else, and is not closed here. Thread-safe. */
public final class HttpClientSender implements RequestSender {

    private final URI address;
    private final HttpClient client;
    private final Ticker ticker;
    private volatile boolean closed;

    /** Sends to {@code address}; no request is made. */
    public HttpClientSender(URI address, HttpClient client, Ticker ticker) {
        this.address = address;
        this.client = client;
        this.ticker = ticker;
    }

    @Override
    public Call post(Map<String, String> headers, byte[] body, Duration connect, Exchange exchange) throws IOException {
        if (closed) throw new SenderClosedException();
        refuseBypass();
        ClientCall call = new ClientCall(exchange);
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .POST(new WatchedPublisher(HttpRequest.BodyPublishers.ofByteArray(body), call::sent));
        headers.forEach(request::setHeader);
        try {
            call.connectWithin(connect, ticker);
        } catch (ConnectionException agentClosed) {
            throw new SenderClosedException();
        }
        CompletableFuture<HttpResponse<Void>> response;
        try {
            response = client.sendAsync(request.build(), call);
        } catch (RuntimeException e) {
            call.cancel();
            throw new IOException("the HTTP client took no request: " + e, e);
        }
        call.carriedBy(response);
        return call;
    }

    /** The runtime's client goes straight where its selector names a proxy of SOCKS (seen with 17 and 25). */
    private void refuseBypass() throws IOException {
        if (!client.getClass().getModule().equals(HttpClient.class.getModule())) return;
        ProxySelector selector = client.proxy().orElseGet(ProxySelector::getDefault);
        if (selector != null) ProxyChoice.of(address, selector);
    }

    @Override
    public void close() {
        closed = true;
    }

    /** The address. */
    @Override
    public String toString() {
        return "HttpClientSender[" + address + ']';
    }
}
