package dev.opencode4j.testkit.impostor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** From a request to whoever answers it: recorded, let in or not, interfered with or not. Loop-confined. */
final class Server {

    private final World world;
    private final Listener listener;
    private final Routes routes = new Routes();
    private final RestFaults faults = new RestFaults();
    private final List<RecordedRequest> requests = new ArrayList<>();

    Server(World world) {
        this.world = world;
        SessionRoutes sessions = new SessionRoutes(world);
        sessions.addTo(routes);
        new MessageRoutes(world, sessions).addTo(routes);
        new AskRoutes(world).addTo(routes);
        new ProjectRoutes(world).addTo(routes);
        listener = new Listener(world.loop(), world.settings().port(), this::handle, world.streams()::forget);
    }

    Listener listener() {
        return listener;
    }

    RestFaults faults() {
        return faults;
    }

    List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    void open() {
        listener.open();
        beat();
    }

    private void beat() {
        world.loop().schedule(world.settings().heartbeat(), () -> {
            world.streams().heartbeat();
            beat();
        });
    }

    private void handle(Connection connection, RecordedRequest request) {
        requests.add(request);
        Exchange exchange = new Exchange(world.loop(), connection, request, List.of());
        String demanded = world.settings().authorization();
        if (demanded != null && !demanded.equals(request.header("authorization").orElse(""))) {
            exchange.answer(Response.status(401));
            return;
        }
        Optional<Response> interference = faults.interfere(exchange);
        if (interference.isPresent()) {
            exchange.answer(interference.get());
            return;
        }
        try {
            routes.handle(exchange);
        } catch (JacksonException e) {
            exchange.answer(Response.unexpected());
        }
    }
}
