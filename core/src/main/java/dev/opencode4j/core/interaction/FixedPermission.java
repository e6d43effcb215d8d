package dev.opencode4j.core.interaction;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers every request for permission alike. */
record FixedPermission(PermissionReply reply) implements PermissionPolicy {

    @Override
    public CompletionStage<PermissionReply> answer(PermissionRequest request) {
        return CompletableFuture.completedFuture(reply);
    }

    @Override
    public Optional<PermissionReply> fixed() {
        return Optional.of(reply);
    }
}
