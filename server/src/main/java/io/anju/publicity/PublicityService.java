package io.anju.publicity;

import io.anju.application.Actor;
import io.anju.application.ApplicationService;
import io.anju.application.CaseFile;
import io.anju.platform.audit.Audit;
import io.anju.platform.db.Db;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.http.OfficeCaller;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.problem.Finding;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.policy.Deadline;
import io.anju.policy.PolicyDocument;
import io.anju.policy.PolicyService;
import io.anju.policy.Text;
import io.anju.publicity.Notice.Line;
import io.anju.publicity.WaitingStore.QueueCount;
import io.anju.publicity.WaitingStore.Waiting;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Publishes what waits for publicity, and shows it to everyone. */
public final class PublicityService {
    /** Lines on one notice: a list that people still read, and a transaction that stays short. */
    static final int MAX_LINES = 1000;

    private final Db db;
    private final ApplicationService applications;
    private final PolicyService policies;
    private final WaitingStore waiting = new WaitingStore();
    private final NoticeStore notices = new NoticeStore();

    public PublicityService(Db db, ApplicationService applications, PolicyService policies) {
        this.db = db;
        this.applications = applications;
        this.policies = policies;
    }

    /** A notice just published, and how many applications are left for another. */
    public record Opened(Notice notice, long stillWaiting) {}

    /**
     * Publishes what waits at the caller's office for this step; only these applications where some are named.
     *
     * <p>Officers of one office publish one after the other, and every household that is taken leaves the queue in the
     * same transaction, so none is on two notices.
     */
    public Future<Opened> open(
            Tx tx, OfficeCaller caller, String programme, String stepId, @Nullable List<UUID> only, Instant now) {
        var office = caller.office();
        return waiting.lockDesk(tx, office, programme, stepId)
                .compose(locked -> waiting.list(tx, office, programme, stepId, only, MAX_LINES))
                .map(found -> requireAll(only, found))
                .compose(found -> take(tx, found, now))
                .compose(taken -> publish(tx, caller, programme, stepId, taken, now))
                .compose(notice -> waiting.count(tx, office).map(left -> new Opened(notice, left(left, notice))));
    }

    private static List<Waiting> requireAll(@Nullable List<UUID> only, List<Waiting> found) {
        if (only != null) {
            Set<UUID> ids = found.stream().map(Waiting::applicationId).collect(Collectors.toSet());
            var missing = IntStream.range(0, only.size())
                    .filter(index -> !ids.contains(only.get(index)))
                    .mapToObj(PublicityService::notAwaiting)
                    .toList();
            if (!missing.isEmpty()) {
                throw Refusal.of(PublicityProblem.NOT_AWAITING_PUBLICITY, missing);
            }
        }
        return found;
    }

    private static Finding notAwaiting(int index) {
        return Finding.of("/applicationIds/" + index, PublicityProblem.NOT_AWAITING_PUBLICITY);
    }

    /** One application on its way onto the notice. */
    private record Taken(Waiting waiting, CaseFile file, Line line) {}

    /** Locks the applications in the order of their ids; one that was withdrawn meanwhile has left the queue. */
    private Future<List<Taken>> take(Tx tx, List<Waiting> found, Instant now) {
        var taken = new ArrayList<Taken>(found.size());
        Future<Void> done = Future.succeededFuture();
        for (var one : inLockOrder(found)) {
            done = done.compose(before -> applications.lockCase(tx, one.applicationId()))
                    .compose(file -> waiting.delete(tx, file.id())
                            .compose(stillThere -> stillThere
                                    ? line(tx, file, now).map(line -> taken.add(new Taken(one, file, line)))
                                    : Future.succeededFuture()))
                    .mapEmpty();
        }
        return done.map(all -> List.copyOf(taken));
    }

    private static List<Waiting> inLockOrder(List<Waiting> found) {
        return found.stream()
                .sorted(Comparator.comparing(Waiting::applicationId))
                .toList();
    }

    private Future<Line> line(Tx tx, CaseFile file, Instant now) {
        return policies.byDigest(tx, file.policyDigest())
                .compose(policy -> score(tx, file, policy, now))
                .map(score -> {
                    var district = PublicityPolicy.districtOf(file.areaCode());
                    var line = new Line(
                            file.id(),
                            file.receiptNumber(),
                            file.maskedName(),
                            file.householdSize(),
                            district,
                            districtName(file.cityCode(), district),
                            file.category(),
                            score.isEmpty() ? null : score,
                            null);
                    if (!PublicityPolicy.mayBeShown(line)) {
                        throw Refusal.of(
                                PublicityProblem.LINE_SHOWS_IDENTIFIER, Map.of("receiptNumber", file.receiptNumber()));
                    }
                    return line;
                });
    }

    /** The score as of today; empty where the policy does not score. */
    private Future<String> score(Tx tx, CaseFile file, PolicyDocument policy, Instant now) {
        return applications.facts(tx, file.id()).map(facts -> {
            var score = policy.score(facts, Shanghai.date(now));
            return score.items().isEmpty() ? "" : score.total().toPlainString();
        });
    }

    private Text districtName(String cityCode, String district) {
        return policies.city(cityCode).areaName(district).orElseGet(() -> new Text(district, district));
    }

    private Future<Notice> publish(
            Tx tx, OfficeCaller caller, String programme, String stepId, List<Taken> taken, Instant now) {
        if (taken.isEmpty()) {
            return Refusal.failed(PublicityProblem.NOTHING_TO_PUBLISH);
        }
        var notice = notice(caller, programme, stepId, taken, now);
        var lines = taken.stream().map(Taken::line).toList();
        return notices.insert(tx, notice, caller.id(), lines)
                .compose(inserted -> moveAll(tx, caller, taken, now))
                .compose(moved -> Audit.record(tx, caller, "notice.opened", "notice", notice.id(), null))
                .compose(recorded ->
                        Jobs.enqueue(tx, NoticeClosing.KIND, notice.id().toString(), "{}", notice.closesAt()))
                .map(notice);
    }

    /** Cases of two policy versions may share a notice; it lasts as long as the longer of them asks for. */
    private static Notice notice(OfficeCaller caller, String programme, String stepId, List<Taken> taken, Instant now) {
        var office = caller.office();
        var days = taken.stream().mapToInt(one -> one.waiting().days()).max().orElseThrow();
        var startsOn = Shanghai.date(now);
        var endsOn = Deadline.lastDay(startsOn, days);
        return new Notice(
                Ids.next(now),
                office.cityCode(),
                programme,
                stepId,
                taken.get(0).waiting().stepName(),
                office.level(),
                office.areaCode(),
                office.name(),
                startsOn,
                endsOn,
                Shanghai.endOf(endsOn),
                taken.size(),
                1);
    }

    private Future<Void> moveAll(Tx tx, Caller caller, List<Taken> taken, Instant now) {
        var actor = Actor.of(caller);
        Future<Void> done = Future.succeededFuture();
        for (var one : taken) {
            done = done.compose(before -> applications.publicityOpened(tx, one.file(), actor, now))
                    .mapEmpty();
        }
        return done;
    }

    private static long left(List<QueueCount> queue, Notice notice) {
        return queue.stream()
                .filter(count -> count.programme().equals(notice.programme())
                        && count.stepId().equals(notice.stepId()))
                .mapToLong(QueueCount::waiting)
                .sum();
    }

    /** A notice as it stands, open or closed. */
    public Future<Optional<Notice>> findNotice(Sql sql, UUID noticeId) {
        return notices.find(sql, noticeId);
    }

    Future<List<QueueCount>> queue(OfficeCaller caller) {
        return waiting.count(db, caller.office());
    }

    Future<List<Notice>> list(
            @Nullable String cityCode,
            @Nullable String programme,
            @Nullable Boolean open,
            Instant now,
            @Nullable UUID before,
            int limit) {
        return notices.list(db, cityCode, programme, open, now, before, limit);
    }

    /** A notice with one page of its lines; a closed one shows none. */
    record Shown(Notice notice, List<Line> lines) {}

    Future<Shown> get(UUID noticeId, String afterReceiptNumber, int limit, Instant now) {
        return notices.find(db, noticeId)
                .map(found -> found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)))
                .compose(notice -> notice.isOpen(now)
                        ? notices.listLines(db, noticeId, afterReceiptNumber, limit)
                                .map(lines -> new Shown(notice, lines))
                        : Future.succeededFuture(new Shown(notice, List.of())));
    }
}
