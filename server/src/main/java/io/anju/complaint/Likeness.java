package io.anju.complaint;

import io.anju.complaint.Filing.Filed;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Finds open complaints about the same thing, and lets residents join one. The nearness of two texts is how many pairs of
 * characters they share: enough to put the likely one first, and nothing is refused for it.
 */
final class Likeness {
    private static final int MOST_COMPARED = 50;
    private static final int MOST_SHOWN = 5;

    private final Casework work;

    Likeness(Casework work) {
        this.work = work;
    }

    record Like(Complaint complaint, boolean own, int nearness) {}

    /** The nearest first. */
    Future<List<Like>> like(Sql sql, Caller caller, Filed filed) {
        var complaint = filed.complaint();
        var text = work.complaints.open(complaint).text();
        return work.complaints
                .listLike(sql, complaint, filed.about(), caller.proxyId(), MOST_COMPARED)
                .map(found -> found.stream()
                        .map(other -> new Like(
                                other,
                                Objects.equals(other.residentId(), complaint.residentId()),
                                ComplaintPolicy.nearness(
                                        text, work.complaints.open(other).text())))
                        .sorted(Comparator.comparingInt(Like::nearness).reversed())
                        .limit(MOST_SHOWN)
                        .toList());
    }

    /** Joins what may be joined; once, and not what one filed oneself. Everything else is not there. */
    Future<Complaint> join(Tx tx, ResidentCaller caller, UUID id, Instant now) {
        var resident = caller.id();
        return work.identities
                .hold(tx, resident)
                .compose(held -> work.complaints.findJoinable(tx, id))
                .map(found -> found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)))
                .compose(complaint -> resident.equals(complaint.residentId())
                        ? Future.succeededFuture(false)
                        : work.parts.insertSupporter(tx, id, resident, now))
                .compose(joined -> joined ? work.complaints.countJoined(tx, id) : Future.succeededFuture(true))
                .compose(open -> open ? work.complaints.get(tx, id) : Refusal.failed(PlatformProblem.NOT_FOUND));
    }
}
