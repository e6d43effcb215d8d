package dev.opencode4j.zen;

import dev.opencode4j.core.error.AuthenticationException;
import dev.opencode4j.zen.internal.key.Keys;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A key and who takes it. Not a record: those say what they hold.
 */
final class KnownKey {

    private static final ZenProvider OPEN_ROUTER = ZenProvider.at(URI.create("https://openrouter.ai/api/v1"));
    private static final String OPEN_ROUTER_VARIABLE = "OPENROUTER_API_KEY";

    private final ZenProvider provider;
    private final String key;

    private KnownKey(ZenProvider provider, String key) {
        this.provider = provider;
        this.key = key;
    }

    static KnownKey first(Keys keys) {
        return Stream.<Supplier<Optional<KnownKey>>>of(
                        () -> variable(keys, ZenProvider.ZEN, ZenProvider.ZEN.variables()),
                        () -> variable(keys, ZenProvider.GO, ZenProvider.GO.variables()),
                        () -> variable(keys, OPEN_ROUTER, List.of(OPEN_ROUTER_VARIABLE)),
                        () -> stored(keys, ZenProvider.ZEN, "opencode"),
                        () -> stored(keys, ZenProvider.GO, "opencode-go"))
                .map(Supplier::get)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new AuthenticationException(
                        "no key: set OPENCODE_ZEN_KEY or OPENCODE_API_KEY for Zen, OPENCODE_GO_API_KEY for Go or "
                                + OPEN_ROUTER_VARIABLE
                                + " for OpenRouter, or log in with OpenCode, which keeps keys in "
                                + keys.file(),
                        null,
                        null));
    }

    private static Optional<KnownKey> variable(Keys keys, ZenProvider provider, List<String> names) {
        return keys.variable(names).map(key -> new KnownKey(provider, key));
    }

    private static Optional<KnownKey> stored(Keys keys, ZenProvider provider, String name) {
        return keys.stored(name).map(key -> new KnownKey(provider, key));
    }

    ZenProvider provider() {
        return provider;
    }

    String key() {
        return key;
    }
}
