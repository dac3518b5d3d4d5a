package io.anju.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anju.RetentionKinds;
import io.anju.platform.jobs.Outbox;
import io.anju.platform.jobs.Retained;
import io.anju.testing.Anju;
import io.anju.testing.Cases;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was kept for its period goes, and nothing before it. */
class RetentionIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private final Retention retention = new Retention(anju.db(), Periods.load(null), RetentionKinds.all());

    @Test
    void a_draft_that_nobody_touched_for_a_year_goes_with_its_documents_and_not_a_day_before() {
        var openId = "o" + UUID.randomUUID();
        var token = anju.people().logIn(openId);
        var draft = anju.http()
                .post(
                        "/v1/applications",
                        token,
                        Map.of(
                                "cityCode", "370200",
                                "programme", "public-rental",
                                "household", new Cases(anju).household("370202001001")))
                .expect(201)
                .json();
        var path = "/v1/applications/" + draft.path("id").asText();
        anju.clock().advance(Duration.ofDays(365));
        run(false);
        assertThat(drafts()).isEqualTo(1);
        anju.clock().advance(Duration.ofSeconds(1));
        assertThat(of(run(true), "drafts").found()).isEqualTo(1);
        assertThat(drafts()).isEqualTo(1); // a dry run erases nothing
        var outcome = of(run(false), "drafts");
        assertThat(outcome.erased()).isEqualTo(1);
        assertThat(drafts()).isZero();
        anju.http().get(path, anju.people().logIn(openId)).expect(404);
        assertThat(of(run(false), "drafts").found()).isZero();
    }

    @Test
    void sessions_copies_and_stored_answers_go_when_their_time_is_over() {
        var token = anju.people().resident();
        anju.http().post("/v1/me/exports", token, null).expect(202);
        anju.runJobs();
        anju.clock().advance(Duration.ofDays(8));
        assertThat(of(run(false), "data-copies").erased()).isEqualTo(1);
        assertThat(of(run(false), "answers-with-tokens").found()).isZero();
        anju.clock().advance(Duration.ofDays(400));
        var outcomes = run(false);
        assertThat(of(outcomes, "sessions").erased()).isPositive();
        assertThat(of(outcomes, "answers-with-tokens").erased()).isPositive();
        assertThat(of(outcomes, "answers").erased()).isZero();
        // stored answers bear the database's time, which is ahead of the test's
        anju.clock().advance(Duration.ofDays(1_500));
        assertThat(of(run(false), "answers").erased()).isPositive();
    }

    @Test
    void events_go_when_they_are_old_and_every_consumer_has_read_them() {
        append("test.told");
        // as above: events bear the database's time
        anju.clock().advance(Duration.ofDays(3_000));
        execute("INSERT INTO platform.outbox_position (consumer, xact, id) VALUES ('test.slow', '0', 0)");
        assertThat(of(run(false), "events").erased()).isZero();
        execute("UPDATE platform.outbox_position SET xact = pg_current_xact_id() WHERE consumer = 'test.slow'");
        assertThat(of(run(false), "events").erased()).isPositive();
        assertThatThrownBy(() -> execute("DELETE FROM platform.outbox")).hasMessageContaining("permission denied");
    }

    @Test
    void a_run_that_was_cut_off_goes_on_where_it_stopped() {
        var left = new AtomicInteger(2_500);
        var failures = new AtomicInteger(1);
        var kind = new Retained(
                "drafts", (sql, before) -> Future.succeededFuture((long) left.get()), (tx, before, most) -> {
                    if (left.get() == 1_500 && failures.getAndDecrement() > 0) {
                        return Future.failedFuture(new IllegalStateException("cut off"));
                    }
                    int now = Math.min(most, left.get());
                    left.addAndGet(-now);
                    return Future.succeededFuture(now);
                });
        var slow = new Retention(anju.db(), Periods.load(null), List.of(kind));
        assertThatThrownBy(() -> Anju.await(slow.run(anju.clock().instant(), false)))
                .hasMessage("cut off");
        assertThat(left).hasValue(1_500);
        assertThat(Anju.await(slow.run(anju.clock().instant(), false)).get(0).erased())
                .isEqualTo(1_500);
        assertThat(left).hasValue(0);
    }

    @Test
    void what_was_erased_is_on_record() {
        anju.people().resident();
        anju.clock().advance(Duration.ofDays(500));
        run(false);
        var records = Anju.await(anju.db()
                .find(
                        "SELECT count(*) FROM platform.audit WHERE action = 'retention.erased' AND reason LIKE 'sessions %'",
                        row -> row.getLong(0)));
        assertThat(records.orElseThrow()).isPositive();
    }

    @Test
    void no_file_goes_below_what_a_law_asks_for_and_every_kind_has_a_period() {
        assertThatThrownBy(() -> Periods.of(Map.of("records", new Periods.Period(100, false, "网络安全法", "A"))))
                .hasMessageContaining("183 days");
        assertThatThrownBy(() -> Periods.load(null).of("no-such-kind")).hasMessageContaining("no period");
        RetentionKinds.all()
                .forEach(kind ->
                        assertThat(Periods.load(null).of(kind.kind()).erase()).isTrue());
        var kept = new Retained(
                "records", (sql, at) -> Future.succeededFuture(0L), (tx, at, most) -> Future.succeededFuture(0));
        assertThatThrownBy(() -> new Retention(anju.db(), Periods.load(null), List.of(kept)))
                .hasMessageContaining("not to be erased");
    }

    private List<Retention.Outcome> run(boolean dryRun) {
        return Anju.await(retention.run(anju.clock().instant(), dryRun));
    }

    private static Retention.Outcome of(List<Retention.Outcome> outcomes, String kind) {
        return outcomes.stream()
                .filter(outcome -> outcome.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static void append(String topic) {
        Anju.await(anju.db().inTransaction(tx -> Outbox.append(tx, topic, UUID.randomUUID(), "{}")));
    }

    private static void execute(String statement) {
        Anju.await(anju.db().execute(statement));
    }

    private static long drafts() {
        return Anju.await(anju.db().find("SELECT count(*) FROM application.draft", row -> row.getLong(0)))
                .orElseThrow();
    }
}
