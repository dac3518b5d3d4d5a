package io.anju.arrears;

import io.anju.arrears.ArrearsCase.Delivery;
import io.anju.arrears.ArrearsCase.Pause;
import io.anju.arrears.ArrearsCase.Step;
import io.anju.arrears.WorkListStore.Filter;
import io.anju.arrears.WorkListStore.LeftOut;
import io.anju.arrears.WorkListStore.Place;
import io.anju.lease.LeaseService;
import io.anju.platform.audit.Audit;
import io.anju.platform.crypto.Masking;
import io.anju.platform.db.Db;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Tx;
import io.anju.platform.http.CityCaller;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.jobs.Outbox;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.policy.ArrearsRelief.PauseReason;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Arrears as residents and staff see them, pauses, and deliveries of notices. */
public final class ArrearsService {
    private final Db db;
    private final LeaseService leases;
    private final Sheets sheets;
    private final WorkLines lines;
    private final Impartial impartial;
    private final CaseStore cases = new CaseStore();
    private final WorkListStore work = new WorkListStore();
    private final PauseStore pauses = new PauseStore();

    ArrearsService(Db db, LeaseService leases, Sheets sheets, WorkLines lines, Impartial impartial) {
        this.db = db;
        this.leases = leases;
        this.sheets = sheets;
        this.lines = lines;
        this.impartial = impartial;
    }

    /**
     * The resident's own arrears; what is shown of the notices counts as delivered now.
     *
     * @param tenantFrom null for the tenancy that concerns the caller first
     */
    Future<Sheet> mine(ResidentCaller caller, UUID leaseId, @Nullable LocalDate tenantFrom, Instant now) {
        var today = Shanghai.date(now);
        return db.inTransaction(tx -> leases.getMine(tx, caller, leaseId, tenantFrom, today)
                .compose(tenancy -> (caller.proxy() == null
                                ? cases.opened(tx, tenancy, today, now)
                                : Future.succeededFuture(0))
                        .compose(opened -> sheets.of(tx, tenancy, today))));
    }

    /** Open cases of the caller's city, the newest first. */
    Future<List<WorkLines.Line>> newest(Filter filter, @Nullable UUID before, int limit, LocalDate today) {
        return work.newest(db, filter, today, before, limit).compose(found -> lines.lines(db, found, today));
    }

    /** Open cases of the caller's city, the most urgent first. */
    Future<List<WorkLines.Line>> urgent(Filter filter, @Nullable Place after, int limit, LocalDate today) {
        return work.urgent(db, filter, today, after, limit).compose(found -> lines.lines(db, found, today));
    }

    /** Leases of the caller's city that nights left out, the newest day first. */
    Future<List<LeftOut>> leftOut(CityCaller caller, @Nullable LeftOut before, int limit) {
        return work.leftOut(db, caller.office().cityCode(), before, limit);
    }

    /** A case of the caller's city; that it was opened is put on record. */
    Future<CaseFile> open(CityCaller caller, UUID caseId, Instant now) {
        return db.inTransaction(tx -> own(tx, caller, caseId)
                .compose(found -> Audit.record(tx, caller, "arrears.case-read", "arrears-case", caseId, null)
                        .compose(audited -> file(tx, found, Shanghai.date(now)))));
    }

    /** A case with where its tenancy stands. */
    record CaseFile(WorkLines.Line line, Sheet sheet) {}

    Future<CaseFile> file(Tx tx, ArrearsCase of, LocalDate today) {
        return lines.lines(tx, List.of(of), today)
                .compose(found -> sheets.of(tx, of.leaseId(), of.tenantFrom(), today)
                        .map(sheet -> new CaseFile(found.get(0), sheet)));
    }

    /** Found in the caller's city, by somebody who is not close to the household. */
    Future<ArrearsCase> own(Tx tx, CityCaller caller, UUID caseId) {
        var cityCode = caller.office().cityCode();
        return cases.find(tx, caseId)
                .map(found -> found.filter(one -> one.cityCode().equals(cityCode))
                        .orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)))
                .compose(found -> impartial
                        .require(tx, caller, found.leaseId(), found.tenantFrom())
                        .map(found));
    }

    /** What staff ask for. */
    record PauseOrder(PauseReason reason, LocalDate from, LocalDate to, String note) {}

    Future<CaseFile> pause(Tx tx, CityCaller caller, UUID caseId, PauseOrder order, Instant now) {
        requireMasked("/note", order.note());
        var today = Shanghai.date(now);
        return own(tx, caller, caseId).compose(found -> {
            if (!found.isOpen()) {
                return Refusal.failed(ArrearsProblem.ARREARS_CASE_CLOSED);
            }
            return sheets.standing(tx, found.leaseId(), found.tenantFrom(), today)
                    .compose(standing -> {
                        requireAllowed(standing, order, today);
                        return pauses.insert(tx, pause(found, order, now), caller.id(), now)
                                .compose(written -> Audit.record(
                                        tx, caller, "arrears.paused", "arrears-case", caseId, order.note()))
                                .compose(audited -> Outbox.append(
                                        tx,
                                        "arrears.paused",
                                        found.leaseId(),
                                        ArrearsEvents.about(found.tenantFrom())
                                                .put("reason", ArrearsCase.id(order.reason()))
                                                .encode()))
                                .compose(told -> file(tx, found, today));
                    });
        });
    }

    private static Pause pause(ArrearsCase of, PauseOrder order, Instant now) {
        return new Pause(
                Ids.next(now),
                of.leaseId(),
                of.tenantFrom(),
                of.cityCode(),
                order.reason(),
                order.from(),
                order.to(),
                order.note(),
                null,
                null,
                null);
    }

    /** It may begin in the past, never before the debt, and is over no earlier than today. */
    private static void requireAllowed(Standing standing, PauseOrder order, LocalDate today) {
        var longest = standing.relief().longestPause(order.reason());
        var days = ChronoUnit.DAYS.between(order.from(), order.to()) + 1;
        var since = standing.arrears().map(owed -> owed.unpaidSince()).orElse(today);
        if (longest.isEmpty()
                || days < 1
                || days > longest.get()
                || order.to().isBefore(today)
                || order.from().isAfter(today)
                || order.from().isBefore(since)) {
            throw Refusal.at("/to", ArrearsProblem.ARREARS_PAUSE_TOO_LONG);
        }
    }

    Future<Pause> endPause(Tx tx, CityCaller caller, UUID pauseId, String note, Instant now) {
        requireMasked("/note", note);
        var today = Shanghai.date(now);
        var cityCode = caller.office().cityCode();
        return pauses.lock(tx, pauseId)
                .map(found -> found.filter(one -> one.cityCode().equals(cityCode))
                        .orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)))
                .compose(found -> impartial
                        .require(tx, caller, found.leaseId(), found.tenantFrom())
                        .map(found))
                .compose(found -> found.endedOn() != null || found.to().isBefore(today)
                        ? Refusal.failed(ArrearsProblem.ARREARS_PAUSE_OVER)
                        : pauses.end(tx, pauseId, today, caller.id(), note)
                                .compose(ended ->
                                        Audit.record(tx, caller, "arrears.pause-ended", "arrears-pause", pauseId, note))
                                .compose(audited -> Outbox.append(
                                        tx,
                                        "arrears.pause-ended",
                                        found.leaseId(),
                                        ArrearsEvents.about(found.tenantFrom()).encode())))
                .compose(told -> pauses.lock(tx, pauseId))
                .map(Optional::orElseThrow);
    }

    /** Records that a notice reached the household. */
    Future<Step> deliver(Tx tx, CityCaller caller, UUID stepId, Delivery delivery, Instant now) {
        var note = delivery.note();
        if (note != null) {
            requireMasked("/note", note);
        }
        return cases.findStep(tx, stepId)
                .map(found -> found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)))
                .compose(step -> own(tx, caller, step.caseId()).compose(of -> {
                    requireDelivery(step, delivery, Shanghai.date(now));
                    return cases.deliver(tx, stepId, delivery, caller.id(), now)
                            .compose(done ->
                                    Audit.record(tx, caller, "arrears.notice-delivered", "arrears-step", stepId, note))
                            .compose(audited -> Outbox.append(
                                    tx,
                                    "arrears.notice-delivered",
                                    of.leaseId(),
                                    ArrearsEvents.about(of.tenantFrom())
                                            .put("stepId", stepId.toString())
                                            .encode()));
                }))
                .compose(told -> cases.findStep(tx, stepId))
                .map(Optional::orElseThrow);
    }

    private static void requireDelivery(Step step, Delivery delivery, LocalDate today) {
        if (!step.channels().contains(delivery.channel())) {
            throw Refusal.at("/channel", ArrearsProblem.DELIVERY_NOT_BY_THIS_CHANNEL);
        }
        if (delivery.on().isBefore(step.takenOn()) || delivery.on().isAfter(today)) {
            throw Refusal.at("/deliveredOn", ArrearsProblem.DELIVERY_DAY);
        }
    }

    static void requireMasked(String pointer, String text) {
        if (!Masking.isMasked(text)) {
            throw Refusal.at(pointer, ArrearsProblem.ARREARS_NOTE_NAMES_A_PERSON);
        }
    }
}
