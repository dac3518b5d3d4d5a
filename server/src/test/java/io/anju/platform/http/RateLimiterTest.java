package io.anju.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
    private static final UUID SESSION = UUID.randomUUID();

    @Test
    void allows_as_many_as_the_budget_and_then_says_how_long_to_wait() {
        var limiter = new RateLimiter(3, 1);

        for (int left = 2; left >= 0; left--) {
            var verdict = limiter.chargeCaller(SESSION);
            assertThat(verdict.allowed()).isTrue();
            assertThat(verdict.policy()).isEqualTo("\"caller\";q=3;w=60");
            assertThat(verdict.limit()).startsWith("\"caller\";r=" + left + ";t=");
        }
        var refused = limiter.chargeCaller(SESSION);

        assertThat(refused.allowed()).isFalse();
        assertThat(refused.retryAfterSeconds()).isBetween(1L, 20L);
        assertThat(limiter.chargeCaller(UUID.randomUUID()).allowed()).isTrue();
    }

    @Test
    void counts_one_network_of_ipv6_as_one_client() {
        var limiter = new RateLimiter(1, 1);

        assertThat(limiter.chargeAddress("2001:db8:0:1:0:0:0:1").allowed()).isTrue();
        assertThat(limiter.chargeAddress("2001:db8:0:1:ffff:0:0:2").allowed()).isFalse();
        assertThat(limiter.chargeAddress("2001:db8:0:2:0:0:0:1").allowed()).isTrue();
    }

    @Test
    void knows_an_exhausted_address_without_charging_it() {
        var limiter = new RateLimiter(1, 1);

        assertThat(limiter.isExhausted("192.0.2.1")).isFalse();
        limiter.chargeAddress("192.0.2.1");
        assertThat(limiter.isExhausted("192.0.2.1")).isTrue();
        assertThat(limiter.isExhausted("192.0.2.2")).isFalse();
    }
}
