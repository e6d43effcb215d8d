package dev.opencode4j.zen;

import java.net.http.HttpClient;
import javax.net.ssl.SSLContext;

/** The same over the runtime's HTTP client. */
class HttpClientSecureTest extends SecureTest {

    @Override
    ZenBuilder overTransport(ZenBuilder builder, SSLContext context) {
        return builder.httpClient(HttpClient.newBuilder().sslContext(context).build());
    }
}
