package dev.opencode4j.testkit.certify;

import dev.opencode4j.server.OpenCodeClient;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The sessions that everybody prompts; one that is deleted is replaced. Thread-safe. */
final class SessionPool {

    private final OpenCodeClient client;
    private final AtomicReferenceArray<String> ids;

    SessionPool(OpenCodeClient client, int size) {
        this.client = client;
        ids = new AtomicReferenceArray<>(size);
        for (int i = 0; i < size; i++) ids.set(i, create());
    }

    private String create() {
        return client.createSession("shared").id();
    }

    String any(Random random) {
        return ids.get(random.nextInt(ids.length()));
    }

    /** Deletes one of them, whoever is at work in it. */
    void delete(Random random) {
        int place = random.nextInt(ids.length());
        String old = ids.getAndSet(place, create());
        client.sessions().delete(old);
    }
}
