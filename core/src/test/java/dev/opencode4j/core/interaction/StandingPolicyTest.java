package dev.opencode4j.core.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StandingPolicyTest {

    @Test
    void aPolicyThatDecidesAllAlikeSaysSoUnasked() {
        assertThat(PermissionPolicy.reject().standing()).contains(PermissionReply.REJECT);
        assertThat(PermissionPolicy.once().standing()).contains(PermissionReply.ONCE);
        assertThat(PermissionPolicy.always().standing()).contains(PermissionReply.ALWAYS);
        assertThat(QuestionPolicy.reject().rejectsAll()).isTrue();
    }

    @Test
    void onesThatWantToBeAskedDoNot() {
        PermissionPolicy own = request -> CompletableFuture.completedFuture(PermissionReply.ONCE);
        assertThat(own.standing()).isEmpty();
        assertThat(PermissionPolicy.askConsumer().standing()).isEmpty();
        assertThat(PermissionPolicy.asking(request -> PermissionReply.ONCE).standing())
                .isEmpty();
        assertThat(QuestionPolicy.askConsumer().rejectsAll()).isFalse();
        assertThat(QuestionPolicy.asking(request -> QuestionReply.REJECT).rejectsAll())
                .isFalse();
    }
}
