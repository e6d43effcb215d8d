package dev.opencode4j.server.internal.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a server is, and which part of it is meant. The base URL's own path is a prefix of every request's (a server
 * behind a proxy), its own query goes with every request (a proxy's token), and so does the scope unless a request is
 * for the whole server.
 */
public final class Address {

    private final String root;
    private final @Nullable String ownQuery;
    private final Map<String, String> scope;

    private Address(String root, @Nullable String ownQuery, Map<String, String> scope) {
        this.root = root;
        this.ownQuery = ownQuery;
        this.scope = scope;
    }

    /**
     * The server at {@code baseUrl}, such as {@code http://localhost:4096}.
     *
     * @param scope query parameters of every scoped request
     * @throws IllegalArgumentException if it is not an http or https URL with a host
     */
    public static Address of(String baseUrl, Map<String, String> scope) {
        URI uri;
        try {
            uri = new URI(baseUrl.strip());
        } catch (URISyntaxException e) {
            throw refuse("it is not a URL"); // The cause would quote it whole, with any password in it.
        }
        String scheme = uri.getScheme();
        if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
            throw refuse(scheme == null ? "it has no scheme" : "its scheme is '" + scheme + "'");
        }
        if (uri.getHost() == null) throw refuse("it has no host");
        if (uri.getRawUserInfo() != null) {
            throw refuse("it holds a user or password; give these separately");
        }
        if (uri.getRawFragment() != null) throw refuse("it has a fragment");
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        while (path.endsWith("/")) path = path.substring(0, path.length() - 1);
        return new Address(
                scheme + "://" + uri.getRawAuthority() + path, uri.getRawQuery(), new LinkedHashMap<>(scope));
    }

    private static IllegalArgumentException refuse(String why) {
        return new IllegalArgumentException(
                "baseUrl: must be an http or https URL with a host, such as http://localhost:4096; " + why);
    }

    /** The whole URL of a request. */
    URI resolve(Request request) {
        String query = request.queryText(scope);
        StringBuilder url = new StringBuilder(root).append(request.path());
        char separator = '?';
        if (ownQuery != null && !ownQuery.isEmpty()) {
            url.append(separator).append(ownQuery);
            separator = '&';
        }
        if (!query.isEmpty()) url.append(separator).append(query);
        return URI.create(url.toString());
    }

    /** The base URL without its query, which may hold a token. */
    @Override
    public String toString() {
        return root;
    }
}
