package io.anju.publicity;

import io.anju.application.Actor;
import io.anju.application.ApplicationService;
import io.anju.application.CaseFile;
import io.anju.platform.audit.Audit;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.http.Office;
import io.anju.platform.http.OfficeCaller;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.publicity.Notice.Line;
import io.anju.publicity.Notice.Outcome;
import io.anju.publicity.Objection.Content;
import io.anju.publicity.Objection.State;
import io.anju.publicity.QuotingComplaints.Quote;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes objections from anyone, and decides them. Who objected is not kept, even where a token came along. */
public final class ObjectionService {
    private static final String UPHELD_REASON = "objection-upheld";

    private final Db db;
    private final ApplicationService applications;
    private final NoticeStore notices = new NoticeStore();
    private final ObjectionStore objections;
    private QuotingComplaints quotes = (sql, objectionId) -> Future.succeededFuture(List.of());

    public ObjectionService(Db db, Vault vault, ApplicationService applications) {
        this.db = db;
        this.applications = applications;
        this.objections = new ObjectionStore(vault);
    }

    /** Takes an objection to one line of an open notice; gives its tracking number, which is not kept. */
    public Future<String> object(Tx tx, UUID noticeId, String receiptNumber, Content content, Instant now) {
        var trackingNumber = TrackingNumber.next();
        return notices.find(tx, noticeId)
                .map(found -> found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)))
                .map(notice -> requireOpen(notice, now))
                .compose(notice -> notices.lockLine(tx, noticeId, receiptNumber.toUpperCase(Locale.ROOT)))
                .map(found -> found.filter(line -> line.outcome() != Outcome.WITHDRAWN)
                        .orElseThrow(() -> Refusal.at("/receiptNumber", PublicityProblem.NOT_ON_NOTICE)))
                .map(ObjectionService::requireUnsettled)
                .compose(line -> objections.insert(
                        tx, Ids.next(now), noticeId, line.applicationId(), trackingNumber, content, now))
                .map(trackingNumber);
    }

    private static Notice requireOpen(Notice notice, Instant now) {
        if (!notice.isOpen(now)) {
            throw Refusal.of(
                    PublicityProblem.NOTICE_CLOSED,
                    Map.of("endsOn", notice.endsOn().toString()));
        }
        return notice;
    }

    private static Line requireUnsettled(Line line) {
        if (line.outcome() != null) {
            throw Refusal.of(PublicityProblem.LINE_SETTLED);
        }
        return line;
    }

    /** The objection that has this tracking number. */
    public Future<Optional<Objection>> findByTracking(Sql sql, String trackingNumber) {
        return objections.findByTracking(sql, trackingNumber);
    }

    /**
     * Objections to an application or on a notice, and the one with this id, as far as their offices lie within the area
     * of this one.
     */
    public Future<List<Objection>> listAbout(Sql sql, Office office, @Nullable UUID thing, @Nullable UUID objectionId) {
        return objections.listAbout(sql, office, thing, objectionId);
    }

    /** An objection to a notice of this office, or of one within its area. */
    public Future<Optional<Objection>> findWithin(Sql sql, Office office, UUID objectionId) {
        return objections
                .listAbout(sql, office, null, objectionId)
                .map(found -> found.stream().findFirst());
    }

    /** These objections, for whoever is known to have their tracking numbers. */
    public Future<List<Objection>> listOf(Sql sql, List<UUID> ids) {
        return objections.listByIds(sql, ids);
    }

    /** Asks this one, from now on, what complaints quote an objection. */
    public void useQuotes(QuotingComplaints complaints) {
        quotes = complaints;
    }

    /** An objection and the complaints that quote it. */
    record Progress(Objection objection, List<Quote> complaints) {}

    /** An objection for whoever holds its tracking number. */
    Future<Progress> lookUp(String trackingNumber) {
        return objections
                .findByTracking(db, trackingNumber)
                .map(found -> found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)))
                .compose(objection ->
                        quotes.quoting(db, objection.id()).map(complaints -> new Progress(objection, complaints)));
    }

    /** Objections to the notices of the caller's office, the oldest first; each one shown leaves an audit row. */
    public Future<ObjectionPage> list(
            OfficeCaller caller, @Nullable State state, @Nullable UUID noticeId, @Nullable UUID after, int limit) {
        return objections
                .listOfOffice(db, caller.office(), state, noticeId, after, limit + 1)
                .compose(found -> {
                    var shown = found.subList(0, Math.min(limit, found.size()));
                    var last = found.size() > limit ? shown.get(limit - 1).id() : null;
                    return Future.all(shown.stream()
                                    .map(one -> Audit.record(
                                            db, caller, "objection.read", "application", one.applicationId(), null))
                                    .toList())
                            .map(recorded -> new ObjectionPage(shown, last));
                });
    }

    /** @param last where the next page goes on; null on the last page */
    public record ObjectionPage(
            List<Objection> objections, @Nullable UUID last) {}

    /** An objection as decided, and the application where it stands now. */
    public record Decided(UUID objectionId, State state, CaseFile file, Instant at) {}

    /**
     * Decides an objection once. Upheld, the application is refused at once; dismissed as the last one after the
     * notice's days, it moves on at once.
     */
    public Future<Decided> decide(
            Tx tx, OfficeCaller caller, UUID objectionId, State state, String reason, Instant now) {
        return objections
                .findOfOffice(tx, caller.office(), objectionId)
                .map(found -> found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)))
                .compose(objection -> applications
                        .requireImpartial(tx, caller, objection.applicationId())
                        .compose(free -> applications.lockCase(tx, objection.applicationId()))
                        .compose(file -> decide(tx, caller, objection, file, state, reason, now)));
    }

    private Future<Decided> decide(
            Tx tx, OfficeCaller caller, Objection objection, CaseFile file, State state, String reason, Instant now) {
        return notices.lockLine(tx, objection.noticeId(), file.id())
                .compose(line -> requireUndecided(tx, objection)
                        .compose(open -> objections.decide(tx, objection.id(), state, reason, caller.id(), now))
                        .compose(decided ->
                                Audit.record(tx, caller, "objection.decided", "application", file.id(), state.id()))
                        .compose(recorded -> line.orElseThrow().outcome() == null
                                ? settle(tx, caller, objection, file, state, reason, now)
                                : Future.succeededFuture(file)))
                .map(moved -> new Decided(objection.id(), state, moved, now));
    }

    private Future<Void> requireUndecided(Tx tx, Objection objection) {
        return objections
                .lockState(tx, objection.id())
                .compose(state -> state == State.OPEN
                        ? Future.succeededFuture()
                        : Refusal.failed(PublicityProblem.OBJECTION_DECIDED));
    }

    private Future<CaseFile> settle(
            Tx tx, Caller caller, Objection objection, CaseFile file, State state, String reason, Instant now) {
        var actor = Actor.of(caller);
        if (state == State.UPHELD) {
            return notices.settleLine(tx, objection.noticeId(), file.id(), Outcome.REFUSED, now)
                    .compose(settled -> applications.refuse(tx, file, actor, List.of(UPHELD_REASON), reason, now));
        }
        return mayPass(tx, objection, now)
                .compose(passes -> passes
                        ? notices.settleLine(tx, objection.noticeId(), file.id(), Outcome.PASSED, now)
                                .compose(settled -> applications.passStep(tx, file, actor, null, now))
                        : Future.succeededFuture(file));
    }

    private Future<Boolean> mayPass(Tx tx, Objection objection, Instant now) {
        return notices.find(tx, objection.noticeId())
                .compose(notice -> notice.orElseThrow().isOpen(now)
                        ? Future.succeededFuture(false)
                        : objections
                                .hasOpen(tx, objection.noticeId(), objection.applicationId())
                                .map(open -> !open));
    }
}
