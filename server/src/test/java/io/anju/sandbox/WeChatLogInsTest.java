package io.anju.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeChatLogInsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    private final WeChatLogIns logIns = new WeChatLogIns();

    @Test
    void a_code_is_good_once() {
        var code = logIns.mint("oAlice", WeChatLogIns.OK, NOW);
        assertThat(logIns.exchange(code, NOW).openId()).isEqualTo("oAlice");
        assertThat(logIns.exchange(code, NOW).error()).isEqualTo(WeChatLogIns.CODE_USED);
    }

    @Test
    void a_code_is_good_for_five_minutes() {
        var code = logIns.mint("oAlice", WeChatLogIns.OK, NOW);
        var late = logIns.mint("oAlice", WeChatLogIns.OK, NOW);
        assertThat(logIns.exchange(code, NOW.plusSeconds(299)).error()).isEqualTo(WeChatLogIns.OK);
        assertThat(logIns.exchange(late, NOW.plusSeconds(300)).error()).isEqualTo(WeChatLogIns.INVALID_CODE);
    }

    @Test
    void one_user_has_one_unionid_and_a_new_session_key_each_time() {
        var first = logIns.exchange(logIns.mint("oAlice", WeChatLogIns.OK, NOW), NOW);
        var second = logIns.exchange(logIns.mint("oAlice", WeChatLogIns.OK, NOW), NOW);
        assertThat(first.unionId()).isEqualTo(second.unionId());
        assertThat(first.sessionKey()).isNotEqualTo(second.sessionKey());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 40029, 40226, 45011})
    void a_code_can_be_made_to_fail(int error) {
        var code = logIns.mint("oAlice", error, NOW);
        assertThat(logIns.exchange(code, NOW)).isEqualTo(WeChatLogIns.Exchange.failed(error));
    }

    @Test
    void a_user_logs_in_a_hundred_times_a_minute_at_most() {
        for (int i = 0; i < 100; i++) {
            assertThat(logIns.exchange(logIns.mint("oAlice", WeChatLogIns.OK, NOW), NOW)
                            .error())
                    .isEqualTo(WeChatLogIns.OK);
        }
        assertThat(logIns.exchange(logIns.mint("oAlice", WeChatLogIns.OK, NOW), NOW)
                        .error())
                .isEqualTo(WeChatLogIns.TOO_OFTEN);
        assertThat(logIns.exchange(logIns.mint("oBob", WeChatLogIns.OK, NOW), NOW)
                        .error())
                .isEqualTo(WeChatLogIns.OK);
        var later = NOW.plusSeconds(60);
        assertThat(logIns.exchange(logIns.mint("oAlice", WeChatLogIns.OK, later), later)
                        .error())
                .isEqualTo(WeChatLogIns.OK);
    }
}
