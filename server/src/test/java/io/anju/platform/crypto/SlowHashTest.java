package io.anju.platform.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SlowHashTest {
    private static final Vertx VERTX = Vertx.vertx();

    private final SlowHash passwords = new SlowHash(VERTX, "passwords");

    @AfterAll
    static void close() {
        VERTX.close();
    }

    @Test
    void knows_the_right_password_and_no_other() throws Exception {
        var hash = get(passwords.hash("正确的 horse battery"));
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(get(passwords.matches("正确的 horse battery", hash))).isTrue();
        assertThat(get(passwords.matches("正确的 horse batterY", hash))).isFalse();
        assertThat(get(passwords.matchesNothing("正确的 horse battery"))).isFalse();
    }

    @Test
    void two_hashes_of_one_password_differ() throws Exception {
        assertThat(get(passwords.hash("correct horse"))).isNotEqualTo(get(passwords.hash("correct horse")));
    }

    /** The known answer of RFC 9106's reference code: echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 -l 32. */
    @Test
    void reads_hashes_that_other_programs_made() throws Exception {
        var hash = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        assertThat(get(passwords.matches("password", hash))).isTrue();
    }

    @Test
    void refuses_a_flood_at_once() throws Exception {
        var tries = new ArrayList<Future<Boolean>>();
        for (int i = 0; i < 100; i++) {
            tries.add(passwords.matchesNothing("flood"));
        }
        assertThat(tries.stream().filter(Future::failed))
                .hasSize(36)
                .allSatisfy(refused -> assertThat(refused.cause()).isInstanceOf(Refusal.class));
        get(Future.join(tries).otherwiseEmpty());
        assertThat(get(passwords.matchesNothing("after"))).isFalse();
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
