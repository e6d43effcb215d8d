package dev.opencode4j.core.interaction;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One answer to everything. */
record StandingPermission(PermissionReply reply) implements PermissionPolicy {

    @Override
    public CompletionStage<PermissionReply> answer(PermissionRequest request) {
        return CompletableFuture.completedFuture(reply);
    }

    @Override
    public Optional<PermissionReply> standing() {
        return Optional.of(reply);
    }
}
