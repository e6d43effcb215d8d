package dev.opencode4j.zen;

import java.net.http.HttpClient;

/** The same over the runtime's HTTP client. */
class HttpClientContractTest extends ZenContractTest {

    private final HttpClient client = HttpClient.newHttpClient();

    @Override
    ZenBuilder overTransport(ZenBuilder builder) {
        return builder.httpClient(client);
    }
}
