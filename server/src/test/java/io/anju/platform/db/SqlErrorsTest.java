package io.anju.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.vertx.core.VertxException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlErrorsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Timeout",
                "Timeout waiting for connection",
                "Pending requests failed to be sent due to connection has been closed.",
                "Connection is not active now, current status: CLOSED"
            })
    void an_outage_that_has_no_type_of_its_own_is_one_all_the_same(String message) {
        assertUnavailable(VertxException.noStackTrace(message));
    }

    @Test
    void a_connection_that_is_reset_is_an_outage() {
        assertUnavailable(new SocketException("Connection reset"));
    }

    @Test
    void a_bug_stays_what_it_is() {
        var bug = new IllegalStateException("bug");
        assertThat(SqlErrors.translate(bug).cause()).isSameAs(bug);
    }

    private static void assertUnavailable(Throwable failure) {
        assertThat(SqlErrors.translate(failure).cause())
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(PlatformProblem.UNAVAILABLE));
    }
}
