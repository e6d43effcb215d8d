package dev.opencode4j.core.telemetry;

import java.lang.System.Logger.Level;
import java.util.Map;

/** Keeps a failing watcher from breaking what it watches; the first failure is logged, with its stack. */
final class IsolatedInstrumentation implements Instrumentation {

    private static final System.Logger LOG = System.getLogger(Instrumentation.class.getName());
    private static final Observation NOTHING = error -> {};

    private final Instrumentation watcher;
    private volatile boolean failed;

    IsolatedInstrumentation(Instrumentation watcher) {
        this.watcher = watcher;
    }

    @Override
    public Observation started(String name, Map<String, Object> payload) {
        Observation observation = NOTHING;
        try {
            observation = watcher.started(name, payload);
        } catch (RuntimeException e) {
            report(e);
        }
        Observation watched = observation;
        return error -> {
            try {
                watched.ended(error);
            } catch (RuntimeException e) {
                report(e);
            }
        };
    }

    @Override
    public void notify(String name, Map<String, Object> payload) {
        try {
            watcher.notify(name, payload);
        } catch (RuntimeException e) {
            report(e);
        }
    }

    private void report(RuntimeException e) {
        if (!failed) {
            failed = true;
            LOG.log(Level.WARNING, "An instrumentation failed; its later failures are not logged.", e);
        }
    }
}
