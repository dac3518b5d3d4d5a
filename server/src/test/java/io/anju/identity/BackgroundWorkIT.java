package io.anju.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BackgroundWorkIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    @Test
    void forgets_what_is_over_and_keeps_what_is_not() {
        anju.people().resident();
        anju.http()
                .post("/v1/sessions/staff", null, Map.of("username", "nobody", "password", "x"))
                .expect(401);
        anju.http()
                .post("/v1/one-time-codes", null, Map.of("phone", "13812340003"))
                .expect(202);
        anju.clock().advance(Duration.ofDays(366));
        anju.people().resident();
        assertThat(count("session")).isEqualTo(2);
        anju.runJobs();
        anju.clock().advance(Duration.ofDays(30));
        anju.runJobs();
        assertThat(count("session")).isEqualTo(1);
        assertThat(count("refresh_token")).isEqualTo(1);
        assertThat(count("one_time_code")).isZero();
        assertThat(count("budget")).isZero();
        assertThat(count("failed_log_in")).isZero();
        assertThat(count("resident")).isEqualTo(2);
        assertThat(Anju.await(anju.db()
                        .list(
                                "SELECT kind || ' ' || last_error AS error FROM platform.job WHERE last_error IS NOT NULL",
                                row -> row.getString("error"))))
                .isEmpty();
    }

    private static long count(String table) {
        return Anju.await(anju.db()
                .find("SELECT count(*) AS rows FROM identity." + table, row -> row.getLong("rows"))
                .map(found -> found.orElseThrow()));
    }
}
