package io.anju.rights;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.jobs.Outbox;
import io.anju.platform.time.Shanghai;
import io.anju.rights.CorrectionClockStore.Told;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Says once of each request that its day is near (预警), to the office in charge, and once that it is over (超期), to the
 * office above; and shows how many are late. Work lists do not wait for this: they compare the day with today.
 */
final class CorrectionWatch {
    private static final Duration PERIOD = Duration.ofMinutes(10);
    /** Told in one transaction; what another instance is telling is passed over. */
    private static final int CHUNK = 500;

    private final Db db;
    private final CorrectionClockStore clocks = new CorrectionClockStore();
    private final AtomicLong lastCount = new AtomicLong();

    CorrectionWatch(Db db) {
        this.db = db;
    }

    void start(Jobs jobs) {
        jobs.every(PERIOD, "rights.watch-corrections", job -> watch(job.now()));
    }

    /** Counts whenever the meters are read. */
    void meter(MeterRegistry meters, InstantSource clock) {
        Gauge.builder("anju.rights.corrections.overdue", clock, this::countedLast)
                .description("Undecided requests for correction whose day has passed")
                .register(meters);
    }

    /** A run that is killed leaves whole chunks; the next one goes on with the rest. */
    Future<Void> watch(Instant now) {
        var today = Shanghai.date(now);
        return tell("due-soon", (tx, limit) -> clocks.warn(tx, CorrectionPolicy.nearOn(today), now, limit))
                .compose(warned -> tell("overdue", (tx, limit) -> clocks.markOverdue(tx, today, now, limit)));
    }

    private interface Taking {
        Future<List<Told>> take(Tx tx, int limit);
    }

    private Future<Void> tell(String what, Taking taking) {
        return db.inTransaction(tx -> taking.take(tx, CHUNK)
                        .compose(told -> announce(tx, what, told).map(told.size())))
                .compose(count -> count < CHUNK ? Future.succeededFuture() : tell(what, taking));
    }

    private static Future<Void> announce(Tx tx, String what, List<Told> told) {
        Future<Void> done = Future.succeededFuture();
        for (var one : told) {
            done = done.compose(before -> Outbox.append(tx, "data-correction." + what, one.id(), payload(one, what)));
        }
        return done;
    }

    /** Whom it is told to: the office in charge before the day, the one above it afterwards. */
    private static String payload(Told one, String what) {
        var area = one.areaCode();
        return JsonNodeFactory.instance
                .objectNode()
                .put("cityCode", one.cityCode())
                .put("areaCode", area)
                .put("toAreaCode", what.equals("overdue") ? CorrectionPolicy.above(area) : area)
                .put("subject", one.subject().id())
                .put("dueOn", one.dueOn().toString())
                .toString();
    }

    /** Reading a meter must not wait for the database: gives the count before, and asks for the next. */
    private double countedLast(InstantSource clock) {
        LocalDate today = Shanghai.date(clock.instant());
        clocks.countOverdue(db, today).onSuccess(lastCount::set);
        return lastCount.doubleValue();
    }
}
