package io.anju.identity;

import static io.anju.identity.SessionPolicy.Verdict.DEAD;
import static io.anju.identity.SessionPolicy.Verdict.FRESH;
import static io.anju.identity.SessionPolicy.Verdict.RETRY;
import static io.anju.identity.SessionPolicy.Verdict.REUSED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionPolicyTest {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    @Test
    void an_unused_token_is_fresh_until_it_expires() {
        assertThat(judge(token(null, false, Duration.ofSeconds(1)))).isEqualTo(FRESH);
        assertThat(judge(token(null, false, Duration.ZERO))).isEqualTo(DEAD);
    }

    @Test
    void a_used_token_may_be_retried_for_thirty_seconds() {
        assertThat(judge(token(NOW, false, Duration.ofDays(1)))).isEqualTo(RETRY);
        assertThat(judge(token(NOW.minusSeconds(30), false, Duration.ofDays(1))))
                .isEqualTo(RETRY);
        assertThat(judge(token(NOW.minusSeconds(30).minusNanos(1), false, Duration.ofDays(1))))
                .isEqualTo(REUSED);
    }

    @Test
    void a_token_whose_successor_is_used_was_copied() {
        assertThat(judge(token(NOW.minusSeconds(1), true, Duration.ofDays(1)))).isEqualTo(REUSED);
    }

    @Test
    void an_expired_token_that_was_used_still_tells_of_a_copy() {
        assertThat(judge(token(NOW.minusSeconds(60), true, Duration.ofSeconds(-1))))
                .isEqualTo(REUSED);
    }

    @Test
    void nothing_comes_of_a_session_that_is_over() {
        var open = token(null, false, Duration.ofDays(1));
        assertThat(judge(new SessionPolicy.TokenState(open.expiresAt(), open.sessionExpiresAt(), true, null, false)))
                .isEqualTo(DEAD);
        assertThat(judge(new SessionPolicy.TokenState(open.expiresAt(), NOW, false, null, false)))
                .isEqualTo(DEAD);
    }

    private static SessionPolicy.TokenState token(@Nullable Instant usedAt, boolean successorUsed, Duration left) {
        return new SessionPolicy.TokenState(NOW.plus(left), NOW.plus(Duration.ofDays(9)), false, usedAt, successorUsed);
    }

    private static SessionPolicy.Verdict judge(SessionPolicy.TokenState token) {
        return SessionPolicy.judge(token, NOW);
    }
}
