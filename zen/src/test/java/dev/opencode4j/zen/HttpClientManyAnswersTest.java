package dev.opencode4j.zen;

import java.net.http.HttpClient;

/** The same over the runtime's HTTP client. */
class HttpClientManyAnswersTest extends ManyAnswersTest {

    @Override
    ZenBuilder overTransport(ZenBuilder builder) {
        return builder.httpClient(HttpClient.newHttpClient());
    }
}
