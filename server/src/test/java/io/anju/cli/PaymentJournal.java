package io.anju.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.platform.db.Db;
import io.anju.testing.Anju;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What clients were told has happened, kept outside the server: all of it must be there, whatever is killed. */
final class PaymentJournal {
    /** Something that was acknowledged, and the statement that counts how many of some keys are there. */
    enum Kind {
        ORDER("SELECT count(*) AS n FROM payment.payment WHERE id::text = ANY ($1::text[])"),
        NOTICE("""
            SELECT count(*) AS n
              FROM payment.payment p
              JOIN ledger.posting l ON l.business_key = 'payment:' || p.out_trade_no
             WHERE p.out_trade_no = ANY ($1::text[]) AND p.state = 'paid'
            """),
        REFUND("SELECT count(*) AS n FROM payment.refund WHERE id::text = ANY ($1::text[])"),
        APPROVAL("""
            SELECT count(*) AS n
              FROM payment.refund r
              JOIN payment.refund_approval a ON a.refund_id = r.id
             WHERE r.id::text = ANY ($1::text[]) AND r.state <> 'requested'
            """),
        BILL_RUN("SELECT count(*) AS n FROM rent.run WHERE run_id::text = ANY ($1::text[])");

        private final String countSql;

        Kind(String countSql) {
            this.countSql = countSql;
        }
    }

    private final Map<Kind, Queue<String>> acknowledged = new EnumMap<>(Kind.class);
    private final Semaphore news = new Semaphore(0);
    private final AtomicInteger unanswered = new AtomicInteger();

    PaymentJournal() {
        for (var kind : Kind.values()) {
            acknowledged.put(kind, new ConcurrentLinkedQueue<>());
        }
    }

    void acknowledged(Kind kind, String key) {
        of(kind).add(key);
        news.release();
    }

    /** A request whose answer never came, or said that nothing is known. */
    void unanswered() {
        unanswered.incrementAndGet();
    }

    /** Waits until so many more things are acknowledged; false where that takes too long. */
    boolean awaits(int more, Duration limit) throws InterruptedException {
        news.drainPermits();
        return news.tryAcquire(more, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    int count(Kind kind) {
        return of(kind).size();
    }

    private Queue<String> of(Kind kind) {
        var queue = acknowledged.get(kind);
        assertThat(queue).isNotNull();
        return queue;
    }

    /** Fails where anything that was acknowledged is not there, or is there more than once. */
    void check(Db db) {
        for (var kind : Kind.values()) {
            var keys = of(kind).toArray(String[]::new);
            assertThat(keys).as("acknowledged once each").doesNotHaveDuplicates();
            var found = Anju.await(db.find(kind.countSql, row -> row.getLong("n"), (Object) keys));
            assertThat(found.orElseThrow())
                    .as("of %d acknowledged: %s", keys.length, kind)
                    .isEqualTo(keys.length);
        }
    }

    @Override
    public String toString() {
        return "acknowledged "
                + acknowledged.entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue().size())
                        .toList()
                + ", " + unanswered + " attempts without an answer";
    }
}
