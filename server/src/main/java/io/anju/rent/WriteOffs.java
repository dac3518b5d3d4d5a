package io.anju.rent;

import io.anju.platform.audit.Audit;
import io.anju.platform.crypto.Masking;
import io.anju.platform.db.Db;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Tx;
import io.anju.platform.http.CityCaller;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.rent.AccountStore.Account;
import io.anju.rent.WriteOffStore.WriteOff;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Debts that will never come: one person proposes to give them up, another decides (核销). */
final class WriteOffs {
    private final Db db;
    private final Books books;
    private final Settling settling;
    private final BillStore bills = new BillStore();
    private final AccountStore accounts = new AccountStore();
    private final WriteOffStore store = new WriteOffStore();

    WriteOffs(Db db, Books books) {
        this.db = db;
        this.books = books;
        this.settling = new Settling(books);
    }

    /** Refuses a reason that names a person: it is read by many, and kept. */
    static void requireMasked(String reason) {
        if (!Masking.isMasked(reason)) {
            throw Refusal.at("/reason", RentProblem.CORRECTION_NAMES_A_PERSON);
        }
    }

    /** The account is locked before the bills, everywhere. */
    private Future<Bill> ownBill(Tx tx, CityCaller caller, UUID billId) {
        var cityCode = caller.office().cityCode();
        return bills.find(tx, billId)
                .map(found -> found.filter(bill -> bill.cityCode().equals(cityCode))
                        .orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)));
    }

    /** The first of two people proposes to give a debt up. */
    Future<WriteOff> propose(Tx tx, CityCaller caller, UUID billId, long fen, String reason, Instant now) {
        requireMasked(reason);
        return ownBill(tx, caller, billId).compose(bill -> {
            if (fen > bill.dueFen()) {
                return Refusal.failed(RentProblem.NOTHING_DUE);
            }
            var one = new WriteOff(
                    Ids.next(now), billId, bill.cityCode(), fen, null, reason, "proposed", caller.id(), now, null);
            return store.insert(tx, one)
                    .compose(written ->
                            Audit.record(tx, caller, "rent.write-off-proposed", "write-off", one.id(), reason))
                    .compose(audited -> tell(tx, RentEvent.WRITE_OFF_PROPOSED, one))
                    .map(one);
        });
    }

    /** The second one decides. What was paid meanwhile is not given up. */
    Future<WriteOff> decide(Tx tx, CityCaller caller, UUID id, boolean approves, String reason, Instant now) {
        requireMasked(reason);
        var cityCode = caller.office().cityCode();
        return store.lock(tx, id)
                .map(found -> found.filter(one -> one.cityCode().equals(cityCode))
                        .orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)))
                .compose(one -> {
                    if (!one.state().equals("proposed")) {
                        return Refusal.failed(RentProblem.WRITE_OFF_DECIDED);
                    }
                    if (one.proposedBy().equals(caller.id())) {
                        return Refusal.failed(RentProblem.SECOND_PERSON_NEEDED);
                    }
                    var state = approves ? "approved" : "refused";
                    return (approves ? giveUp(tx, one, now) : Future.<@Nullable Long>succeededFuture())
                            .compose(givenUp -> store.decide(tx, id, state, givenUp, caller.id(), reason, now))
                            .compose(decided ->
                                    Audit.record(tx, caller, "rent.write-off-" + state, "write-off", id, reason))
                            .compose(audited -> store.lock(tx, id))
                            .map(Optional::orElseThrow)
                            .compose(decided -> tell(
                                            tx,
                                            approves ? RentEvent.WRITE_OFF_APPROVED : RentEvent.WRITE_OFF_REFUSED,
                                            decided)
                                    .map(decided));
                });
    }

    /** Gives how much of it was still due. */
    private Future<Long> giveUp(Tx tx, WriteOff one, Instant now) {
        return bills.find(tx, one.billId())
                .map(Optional::orElseThrow)
                .compose(seen -> accounts.lock(tx, seen.leaseId()))
                .compose(account -> bills.lock(tx, List.of(one.billId())).compose(locked -> {
                    var bill = locked.get(0);
                    var fen = Math.min(one.amountFen(), bill.dueFen());
                    return (fen == 0 ? Future.<Void>succeededFuture() : giveUp(tx, account, bill, one, fen, now))
                            .map(fen);
                }));
    }

    /** A share of which nothing is due any more is settled, and the subsidy follows. */
    private Future<Void> giveUp(Tx tx, Account account, Bill bill, WriteOff one, long fen, Instant now) {
        return bills.writeOff(tx, bill.id(), fen)
                .compose(written -> books.writtenOff(tx, account, bill, one.id(), fen, now))
                .compose(posted -> settling.grantNow(tx, account, bill.id(), now));
    }

    private static Future<Void> tell(Tx tx, RentEvent event, WriteOff one) {
        var about = RentEvent.about().put("writeOffId", one.id().toString()).put("amountFen", one.amountFen());
        return event.tell(
                tx, one.billId(), one.givenUpFen() == null ? about : about.put("givenUpFen", one.givenUpFen()));
    }

    /** Those of the caller's city, the newest first. */
    Future<List<WriteOff>> list(CityCaller caller, @Nullable String state, @Nullable UUID before, int limit) {
        return store.list(db, caller.office().cityCode(), state, before, limit);
    }
}
