package io.anju.waitinglist;

import io.anju.platform.audit.Audit;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Tx;
import io.anju.platform.http.AreaCaller;
import io.anju.platform.jobs.Outbox;
import io.anju.platform.problem.Finding;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.policy.PolicyService;
import io.anju.waitinglist.FactStore.Entry;
import io.anju.waitinglist.Registration.ExitType;
import io.anju.waitinglist.Registration.FreezeType;
import io.anju.waitinglist.Registration.Home;
import io.anju.waitinglist.Registration.Reason;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What staff add to the register between a household's registration and its exit. */
public final class FactService {
    private final PolicyService policies;
    private final WaitingListService register;
    private final WaitingListStore store;
    private final FactStore facts;

    public FactService(Vault vault, PolicyService policies, WaitingListService register) {
        this.policies = policies;
        this.register = register;
        this.store = new WaitingListStore(vault);
        this.facts = new FactStore(vault);
    }

    /** Freezes a household of the caller's area: it keeps its place, and is offered no home. */
    public Future<Registration> freeze(
            Tx tx,
            AreaCaller caller,
            UUID registrationId,
            FreezeType type,
            LocalDate from,
            Reason reason,
            Instant now) {
        return waiting(tx, caller, registrationId, reason, now).compose(entry -> {
            var registration = entry.registration();
            requireBetween("/frozenFrom", registration.registeredOn(), from, now);
            if (registration.isFrozen()) {
                return Refusal.failed(WaitingListProblem.ALREADY_FROZEN);
            }
            return facts.insertFreeze(tx, entry, type, from)
                    .compose(written -> tell(tx, entry, "registration.frozen", type.id()));
        });
    }

    /** Ends the freeze of a household of the caller's area. */
    public Future<Registration> unfreeze(
            Tx tx, AreaCaller caller, UUID registrationId, LocalDate from, Reason reason, Instant now) {
        return waiting(tx, caller, registrationId, reason, now).compose(entry -> {
            var freeze = entry.registration().freeze();
            if (freeze == null) {
                return Refusal.failed(WaitingListProblem.NOT_FROZEN);
            }
            requireBetween("/unfrozenFrom", freeze.from(), from, now);
            return facts.insertFreeze(tx, entry, null, from)
                    .compose(written -> tell(
                            tx, entry, "registration.unfrozen", freeze.type().id()));
        });
    }

    /** A refusal and the registration as it stands after what followed from it. */
    public record Waived(Waiver waiver, Registration registration) {}

    /** Writes down that a household of the caller's area refused an offer, and what the policy makes of it. */
    public Future<Waived> waive(
            Tx tx,
            AreaCaller caller,
            UUID registrationId,
            String offer,
            LocalDate waivedOn,
            Reason reason,
            Instant now) {
        return waiting(tx, caller, registrationId, reason, now).compose(entry -> {
            requireBetween("/waivedOn", entry.registration().registeredOn(), waivedOn, now);
            return outcome(tx, entry, offer, waivedOn)
                    .compose(waiver -> facts.insertWaiver(tx, entry, waiver)
                            .compose(written -> tell(
                                    tx,
                                    entry,
                                    "registration.waived",
                                    waiver.consequence().id()))
                            .compose(told -> leaveWhereBarred(tx, entry, waiver, told))
                            .map(registration -> new Waived(waiver, registration)));
        });
    }

    /** Refusals of an earlier register count too, as the score counts them. */
    private Future<Waiver> outcome(Tx tx, Entry entry, String offer, LocalDate waivedOn) {
        return facts.inputs(tx, entry.registration().id(), Long.MAX_VALUE)
                .compose(inputs -> policies.byDigest(tx, inputs.policyDigest()).map(policy -> {
                    int number = inputs.facts().onFile().waiverCount() + 1;
                    return policy.waiverOutcome(number, waivedOn)
                            .map(outcome -> Waiver.of(offer, waivedOn, number, outcome))
                            .orElseGet(() -> Waiver.withoutConsequence(offer, waivedOn, number));
                }));
    }

    private Future<Registration> leaveWhereBarred(Tx tx, Entry entry, Waiver waiver, Registration waived) {
        if (waiver.consequence() != Waiver.Consequence.BARRED) {
            return Future.succeededFuture(waived);
        }
        var exit = new RegistrationExit(ExitType.WAIVED, waiver.waivedOn(), entry.reason(), Home.UNKNOWN);
        return register.leave(tx, entry.caller(), waived, exit, waiver.barredUntil(), entry.now());
    }

    /** Writes the next version of the facts that a household of the caller's area is scored by. */
    public Future<Registration> change(
            Tx tx,
            AreaCaller caller,
            UUID registrationId,
            LifeChange change,
            LocalDate effectiveOn,
            Reason reason,
            Instant now) {
        return waiting(tx, caller, registrationId, reason, now).compose(entry -> {
            var registration = entry.registration();
            var changedOn = registration.changedOn();
            var earliest = changedOn == null ? registration.registeredOn() : changedOn;
            requireBetween("/effectiveOn", earliest, effectiveOn, now);
            requireInCity(registration, change);
            return facts.inputs(tx, registrationId, Long.MAX_VALUE)
                    .compose(inputs -> facts.insertInputs(
                            tx, entry, change.apply(registration, inputs.recorded(), effectiveOn), effectiveOn))
                    .compose(written -> tell(tx, entry, "registration.changed", null));
        });
    }

    private void requireInCity(Registration registration, LifeChange change) {
        var areaCode = change.areaCode();
        var city = policies.city(registration.list().cityCode());
        if (areaCode != null && city.community(areaCode).isEmpty()) {
            throw Refusal.at("/changes/areaCode", WaitingListProblem.UNKNOWN_COMMUNITY);
        }
    }

    /** The household of the caller's area, on the list, with nobody else adding facts to that list meanwhile. */
    private Future<Entry> waiting(Tx tx, AreaCaller caller, UUID registrationId, Reason reason, Instant now) {
        WaitingListPolicy.checkReason(reason);
        var office = caller.office();
        return store.ofOffice(tx, registrationId, office)
                .compose(found -> found.isPresent()
                        ? register.requireImpartial(tx, caller, found.get())
                                .compose(free -> facts.lockList(tx, free.list()))
                        : Refusal.<Void>failed(PlatformProblem.NOT_FOUND))
                .compose(locked -> store.ofOffice(tx, registrationId, office))
                .compose(found -> found.filter(registration -> registration.exit() == null)
                        .map(registration -> Future.succeededFuture(new Entry(registration, reason, caller, now)))
                        .orElseGet(() -> Refusal.failed(
                                found.isPresent() ? WaitingListProblem.ALREADY_EXITED : PlatformProblem.NOT_FOUND)));
    }

    private static void requireBetween(String pointer, LocalDate earliest, LocalDate day, Instant now) {
        var today = Shanghai.date(now);
        if (day.isBefore(earliest) || day.isAfter(today)) {
            var args = Map.of("earliest", earliest.toString(), "today", today.toString());
            var code = WaitingListProblem.FACT_DATE_OUT_OF_RANGE;
            throw Refusal.of(code, List.of(new Finding(pointer, code, args)), args);
        }
    }

    private Future<Registration> tell(Tx tx, Entry entry, String topic, @Nullable String what) {
        var id = entry.registration().id();
        var payload = what == null ? "{}" : "{\"type\":\"" + what + "\"}";
        return Audit.record(tx, entry.caller(), topic, "registration", id, what)
                .compose(audited -> Outbox.append(tx, topic, id, payload))
                .compose(told -> store.byId(tx, id))
                .map(Optional::orElseThrow);
    }
}
