package io.anju.arrears;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import io.anju.testing.Desk;
import io.anju.testing.Letting;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nights that do not go as they should: a lease that fails, a run that is killed in the middle of a chunk. */
class NightIT extends LateCity {
    @RegisterExtension
    static final Anju anju = Anju.server();

    NightIT() {
        super(anju, Letting.GUANGZHOU);
    }

    private static Connection owner() throws SQLException {
        var address = anju.databaseAddress();
        return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
    }

    private static void asOwner(String... statements) throws SQLException {
        try (var owner = owner();
                var statement = owner.createStatement()) {
            for (var one : statements) {
                statement.execute(one);
            }
        }
    }

    @AfterEach
    void mend() throws SQLException {
        asOwner("DROP TRIGGER IF EXISTS test_hitch ON arrears.step", "DROP FUNCTION IF EXISTS arrears.test_hitch()");
    }

    private static void hitch(String body) throws SQLException {
        asOwner(
                "CREATE FUNCTION arrears.test_hitch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN "
                        + body + " RETURN NULL; END $$",
                "CREATE TRIGGER test_hitch AFTER INSERT ON arrears.step FOR EACH ROW EXECUTE FUNCTION arrears.test_hitch()");
    }

    private static int count(String statement, Object... arguments) {
        return Anju.await(anju.db().find(statement, row -> row.getInteger("n"), arguments))
                .orElseThrow();
    }

    private static int cases(Let let) {
        return count(
                "SELECT count(*)::integer AS n FROM arrears.arrears_case WHERE lease_id = $1",
                UUID.fromString(let.leaseId()));
    }

    private static int stepsTold(Let let) {
        return count(
                "SELECT count(*)::integer AS n FROM platform.outbox WHERE topic = 'arrears.step-taken' AND subject_id = $1",
                UUID.fromString(let.leaseId()));
    }

    @Test
    void a_lease_that_fails_is_named_and_left_out_and_tried_again_the_next_night() throws SQLException {
        var lets = List.of(let(), let(), let(), let(), let());
        var bad = lets.get(2);
        go(bad.from());
        hitch("IF NEW.case_id IN (SELECT case_id FROM arrears.arrears_case WHERE lease_id = '" + bad.leaseId()
                + "') THEN RAISE EXCEPTION '%', NEW.text_zh; END IF;");
        go(bad.from().plusDays(1));
        for (var let : lets) {
            assertThat(actions(mine(let))).hasSize(let == bad ? 0 : 1);
            assertThat(stepsTold(let)).isEqualTo(let == bad ? 0 : 1);
        }
        assertThat(cases(bad)).isZero();
        var named = city.get("/v1/staff/arrears-exceptions").expect(200).json().path("items");
        assertThat(named).hasSize(1);
        assertThat(named.at("/0/leaseId").asText()).isEqualTo(bad.leaseId());
        assertThat(named.at("/0/day").asText()).isEqualTo(anju.clock().today().toString());
        assertThat(named.at("/0/reason").asText()).contains("PgException").doesNotContain("欠");
        assertThat(Desk.of(anju, "city", "3502")
                        .get("/v1/staff/arrears-exceptions")
                        .expect(200)
                        .json()
                        .path("items"))
                .isEmpty();
        assertThat(count("SELECT count(*)::integer AS n FROM arrears.night WHERE finished_at IS NULL"))
                .isZero();
        assertThat(count(
                        "SELECT count(*)::integer AS n FROM arrears.night WHERE day = $1 AND leases = 5 AND steps = 4",
                        anju.clock().today()))
                .isOne();

        mend();
        go(bad.from().plusDays(2));
        for (var let : lets) {
            assertThat(actions(mine(let))).containsExactly("kind-reminder");
            assertThat(cases(let)).isOne();
        }
    }

    @Test
    void a_night_that_is_killed_in_the_middle_of_a_chunk_leaves_nothing_half_done_and_goes_on() throws SQLException {
        var lets = List.of(let(), let(), let());
        var night = lets.get(0).from().plusDays(1);
        go(lets.get(0).from());
        // as the end of its process would: half of the chunk is written, and the connection is gone
        hitch("PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(60);");
        anju.clock().set(night, LocalTime.NOON);
        Anju.await(anju.anotherApp().domains().jobs.runDue(anju.clock().instant()));
        for (var let : lets) {
            assertThat(cases(let)).isZero();
            assertThat(stepsTold(let)).isZero();
            assertThat(actions(mine(let))).isEmpty();
        }
        assertThat(count("SELECT count(*)::integer AS n FROM arrears.night WHERE finished_at IS NULL AND leases = 0"))
                .isOne();
        mend();
        anju.clock().advance(Duration.ofMinutes(5));
        anju.runJobs();
        for (var let : lets) {
            assertThat(actions(mine(let))).containsExactly("kind-reminder");
            assertThat(cases(let)).isOne();
            assertThat(stepsTold(let)).isOne();
        }
        assertThat(count("SELECT count(*)::integer AS n FROM arrears.night WHERE finished_at IS NULL"))
                .isZero();
    }
}
