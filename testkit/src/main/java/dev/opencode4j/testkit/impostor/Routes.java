package dev.opencode4j.testkit.impostor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which request is answered by what. An unknown route gets the web page, with status 200, as OpenCode has it. */
final class Routes {

    private record Route(String method, Pattern path, Consumer<Exchange> handler) {}

    private final List<Route> routes = new ArrayList<>();

    /** A {@code *} in the path stands for one segment, which the handler finds as {@link Exchange#path}. */
    Routes on(String method, String path, Consumer<Exchange> handler) {
        routes.add(new Route(method, Pattern.compile(path.replace("*", "([^/]+)")), handler));
        return this;
    }

    void handle(Exchange exchange) {
        RecordedRequest request = exchange.request();
        for (Route route : routes) {
            Matcher matcher = route.path.matcher(request.path());
            if (route.method.equals(request.method()) && matcher.matches()) {
                List<String> parameters = new ArrayList<>();
                for (int i = 1; i <= matcher.groupCount(); i++) {
                    parameters.add(matcher.group(i));
                }
                route.handler.accept(exchange.at(parameters));
                return;
            }
        }
        exchange.answer(Response.webPage());
    }
}
