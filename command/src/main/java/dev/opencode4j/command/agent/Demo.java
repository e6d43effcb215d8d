package dev.opencode4j.command.agent;

import dev.opencode4j.server.OpenCodeClient;
import dev.opencode4j.server.OpenCodeServer;
import dev.opencode4j.testkit.impostor.Impostor;
import java.math.BigInteger;
import java.security.SecureRandom;

/** An OpenCode that is none: it runs in this process, on loopback and behind a password, and says what it is. */
final class Demo implements Upstream.Behind {

    private static final int PASSWORD_BITS = 192;

    private final Impostor impostor;
    private final OpenCodeServer agent;

    private Demo(Impostor impostor, OpenCodeServer agent) {
        this.impostor = impostor;
        this.agent = agent;
    }

    static Demo start() {
        String password = new BigInteger(PASSWORD_BITS, new SecureRandom()).toString(Character.MAX_RADIX);
        Impostor impostor = Impostor.builder().password(password).start();
        impostor.otherwise(DemoAnswers.GENTLE::answer);
        OpenCodeClient client = OpenCodeClient.builder()
                .baseUrl(impostor.url().toString())
                .username("opencode")
                .password(password)
                .build();
        return new Demo(impostor, OpenCodeServer.of(client));
    }

    OpenCodeServer agent() {
        return agent;
    }

    @Override
    public void close() {
        impostor.close();
    }
}
