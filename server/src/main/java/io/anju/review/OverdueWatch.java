package io.anju.review;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.jobs.Outbox;
import io.anju.platform.time.Shanghai;
import io.anju.review.OverdueStore.Late;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Says once of each task that it became overdue (超期), so that whoever follows learns of it without asking every day;
 * and shows how many are. Work lists do not wait for this: they compare the due day with today.
 */
public final class OverdueWatch {
    private static final String KIND = "review.mark-overdue";
    private static final String TOPIC = "task.overdue";
    private static final Duration PERIOD = Duration.ofMinutes(10);
    /** Tasks marked in one transaction. */
    private static final int CHUNK = 500;

    private final Db db;
    private final InstantSource clock;
    private final OverdueStore store = new OverdueStore();
    private final AtomicLong lastCount = new AtomicLong();

    public OverdueWatch(Db db, InstantSource clock) {
        this.db = db;
        this.clock = clock;
    }

    /** Marks from now on, and counts whenever the meters are read. */
    public void start(Jobs jobs, MeterRegistry meters) {
        jobs.every(PERIOD, KIND, job -> mark(job.now()));
        Gauge.builder("anju.review.tasks.overdue", this, OverdueWatch::countedLast)
                .description("Undecided review tasks whose due day has passed")
                .register(meters);
    }

    /** Marks everything that is late, chunk by chunk; what another instance is marking is passed over. */
    private Future<Void> mark(Instant now) {
        return db.inTransaction(tx -> store.mark(tx, Shanghai.date(now), now, CHUNK)
                        .compose(late -> announce(tx, late).map(late.size())))
                .compose(count -> count < CHUNK ? Future.succeededFuture() : mark(now));
    }

    private static Future<Void> announce(Tx tx, List<Late> late) {
        Future<Void> done = Future.succeededFuture();
        for (var task : late) {
            done = done.compose(before -> Outbox.append(tx, TOPIC, task.applicationId(), payload(task)));
        }
        return done;
    }

    private static String payload(Late task) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("taskId", task.taskId().toString())
                .put("cityCode", task.cityCode())
                .put("stepId", task.stepId())
                .put("dueOn", task.dueOn().toString())
                .toString();
    }

    /** Reading a meter must not wait for the database: gives the count before, and asks for the next. */
    private double countedLast() {
        store.count(db, Shanghai.date(clock.instant())).onSuccess(lastCount::set);
        return lastCount.doubleValue();
    }
}
