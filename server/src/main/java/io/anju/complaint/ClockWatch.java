package io.anju.complaint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.anju.complaint.ClockStore.Told;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.jobs.Outbox;
import io.anju.platform.time.Shanghai;
import io.anju.policy.ComplaintKind;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says once of each complaint that its warning day came (预警), and once that it became overdue (超期): then it is pressed for
 * by itself (督办), as by whoever watches over the offices. Marks on work lists do not wait for this: they compare the days
 * with today.
 */
final class ClockWatch {
    private static final Duration PERIOD = Duration.ofMinutes(10);
    /** Marked in one transaction; what another instance is marking is passed over. */
    private static final int CHUNK = 500;

    private final Db db;
    private final ClockStore clocks = new ClockStore();

    ClockWatch(Db db) {
        this.db = db;
    }

    void start(Jobs jobs) {
        jobs.every(PERIOD, "complaint.watch-clocks", job -> watch(job.now()));
    }

    /** A run that is killed leaves whole chunks; the next one goes on with the rest. */
    Future<Void> watch(Instant now) {
        return tell(Happening.Kind.WARNED, clocks::warn, now)
                .compose(warned -> tell(Happening.Kind.OVERDUE, clocks::markOverdue, now));
    }

    private interface Taking {
        Future<List<Told>> take(Tx tx, LocalDate today, Instant now, int limit);
    }

    private Future<Void> tell(Happening.Kind kind, Taking taking, Instant now) {
        var today = Shanghai.date(now);
        return db.inTransaction(tx -> taking.take(tx, today, now, CHUNK)
                        .compose(told -> announce(tx, kind, null, told, now)
                                .compose(announced -> kind == Happening.Kind.OVERDUE
                                        ? announce(tx, Happening.Kind.SUPERVISED, kind.id(), told, now)
                                        : announced())
                                .map(told.size())))
                .compose(count -> count < CHUNK ? Future.succeededFuture() : tell(kind, taking, now));
    }

    /** Of reports nothing leaves this room: whoever follows events need not be among those who may see one. */
    private Future<Void> announce(Tx tx, Happening.Kind kind, @Nullable String reason, List<Told> told, Instant now) {
        if (told.isEmpty()) {
            return announced();
        }
        var done = clocks.tell(tx, told, kind, reason, Shanghai.startOf(Shanghai.date(now)));
        for (var one : told) {
            if (!one.kind().equals(ComplaintKind.REPORT.id())) {
                done = done.compose(before -> Outbox.append(tx, kind.topic(), one.complaintId(), payload(one)));
            }
        }
        return done;
    }

    private static Future<Void> announced() {
        return Future.succeededFuture();
    }

    private static String payload(Told told) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("cityCode", told.cityCode())
                .put("kind", told.kind())
                .put("stage", told.stage().id())
                .put("officeLevel", told.office().level())
                .put("areaCode", told.office().areaCode())
                .put("dueOn", told.dueOn().toString())
                .toString();
    }
}
