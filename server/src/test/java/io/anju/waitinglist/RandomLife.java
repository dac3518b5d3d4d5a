package io.anju.waitinglist;

import io.anju.application.ApplicationState;
import io.anju.application.CaseFile;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.time.Shanghai;
import io.anju.policy.HouseholdFacts;
import io.anju.policy.Person;
import io.anju.policy.PolicyDocument;
import io.anju.policy.Relation;
import io.anju.policy.Samples;
import io.anju.policy.Text;
import io.anju.waitinglist.ClerksList.Known;
import io.anju.waitinglist.Registration.ExitType;
import io.anju.waitinglist.Registration.ListKey;
import io.anju.waitinglist.Registration.Reason;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * Random entries, exits, freezes, refused offers, changes of life and newer rules on one list, written to the database
 * and told to a clerk.
 */
final class RandomLife {
    private static final Reason REASON = new Reason("已核实", "《办法》第十七条", "ZL-1", "可申请行政复议");

    private final Random random;
    private final ListKey list;
    private final PolicyDocument policy;
    private final WaitingListStore store;
    private final FactStore facts;
    private final ClerksList clerk;
    private int serial;
    private int events;

    /**
     * @param policy that whoever enters is scored by
     * @param serial the receipt numbers begin behind it
     */
    RandomLife(Random random, ListKey list, PolicyDocument policy, Vault vault, ClerksList clerk, int serial) {
        this.random = random;
        this.list = list;
        this.policy = policy;
        this.store = new WaitingListStore(vault);
        this.facts = new FactStore(vault);
        this.clerk = clerk;
        this.serial = serial;
    }

    /** How many events there were. */
    int events() {
        return events;
    }

    /** So many events in one transaction, which only spares commits: every fact has a number of its own. */
    Future<Instant> live(Db db, int count, Instant from) {
        var now = new Instant[] {from};
        return db.inTransaction(tx -> {
                    Future<Void> done = Future.succeededFuture();
                    for (int i = 0; i < count; i++) {
                        done = done.compose(before -> {
                            events++;
                            now[0] = now[0].plus(Duration.ofMinutes(1 + random.nextInt(100)));
                            return happen(tx, now[0]);
                        });
                    }
                    return done;
                })
                .map(done -> now[0]);
    }

    private Future<Void> happen(Tx tx, Instant now) {
        if (random.nextInt(1_500) == 0) {
            return rescore(tx, now);
        }
        int kind = clerk.households.size() < 30 ? 0 : random.nextInt(100);
        int at = clerk.households.isEmpty() ? 0 : random.nextInt(clerk.households.size());
        if (kind < 45) {
            return register(tx, now);
        }
        var one = clerk.households.get(at);
        if (kind < 70) {
            clerk.households.remove(at);
            return entry(tx, one, now).compose(entry -> exit(tx, entry));
        }
        if (kind < 80) {
            clerk.households.set(at, one.frozen(!one.frozen()));
            var type = one.frozen() ? null : Registration.FreezeType.OTHER;
            return entry(tx, one, now).compose(entry -> facts.insertFreeze(tx, entry, type, Shanghai.date(now)));
        }
        if (kind < 88) {
            return waive(tx, at, now);
        }
        var changed = someFacts(now.minus(Duration.ofDays(400)))
                .qualified(Objects.requireNonNull(one.facts().qualifiedOn()));
        clerk.households.set(at, one.living(changed));
        var result = new LifeChange.Result(one.district() + "001001", "low-income", changed);
        return entry(tx, one, now).compose(entry -> facts.insertInputs(tx, entry, result, Shanghai.date(now)));
    }

    private Future<Void> waive(Tx tx, int at, Instant now) {
        var one = clerk.households.get(at);
        boolean toTheEnd = one.waivers() > 0;
        clerk.households.set(at, one.waived(toTheEnd ? events : one.deferred()));
        var waiver = new Waiver(
                "PZ-" + events,
                Shanghai.date(now),
                one.waivers() + 1,
                toTheEnd ? Waiver.Consequence.TO_THE_END : Waiver.Consequence.NONE,
                null,
                new Text("弃选", "refused"));
        return entry(tx, one, now).compose(entry -> facts.insertWaiver(tx, entry, waiver));
    }

    /** Everyone who is on the list is scored by other rules from now on. */
    private Future<Void> rescore(Tx tx, Instant now) {
        var newer = List.of(Samples.qingdao(), Samples.qingdaoDraft(), Samples.qingdaoToday())
                .get(random.nextInt(3));
        clerk.households.replaceAll(one -> one.scoredBy(newer));
        return tx.find(
                        "SELECT version FROM waitinglist.list WHERE city_code = $1 AND programme = $2",
                        row -> row.getLong(0),
                        list.cityCode(),
                        list.programme())
                .map(version -> new Rescoring(
                        UUID.randomUUID(),
                        list,
                        newer.digest(),
                        false,
                        Shanghai.date(now),
                        now,
                        version.orElse(0L),
                        clerk.households.size(),
                        clerk.households.size(),
                        0,
                        Rescoring.State.RUNNING,
                        null,
                        null))
                .compose(rescoring -> rescoring.registerVersion() == 0
                        ? Future.succeededFuture()
                        : new RescoringStore().insertRules(tx, rescoring, now));
    }

    private Future<FactStore.Entry> entry(Tx tx, Known one, Instant now) {
        return store.ofApplication(tx, one.applicationId())
                .map(found -> new FactStore.Entry(found.orElseThrow(), REASON, Caller.SYSTEM, now));
    }

    /** Somebody enters. */
    Future<Void> register(Tx tx, Instant now) {
        var found = someFacts(now);
        var file = file(
                new UUID(random.nextLong(), serial),
                receipt(++serial),
                random.nextInt(3),
                now.minus(Duration.ofDays(random.nextInt(90))));
        clerk.households.add(new Known(
                file.id(),
                found,
                file.submittedAt(),
                file.receiptNumber(),
                file.areaCode().substring(0, 6),
                0,
                0,
                false,
                policy));
        return store.insert(tx, file, found, Shanghai.date(now), now);
    }

    private Future<Void> exit(Tx tx, FactStore.Entry entry) {
        var type = ExitType.values()[random.nextInt(ExitType.values().length)];
        var exit = new RegistrationExit(type, Shanghai.date(entry.now()), REASON, Registration.Home.UNKNOWN);
        return store.insertExit(tx, entry.registration(), exit, entry.caller(), entry.now())
                .mapEmpty();
    }

    private CaseFile file(UUID id, String receiptNumber, int district, Instant appliedAt) {
        return new CaseFile(
                id,
                list.cityCode(),
                "37020" + (2 + district) + "001001",
                list.programme(),
                ApplicationState.REGISTERED,
                3,
                1,
                policy.digest(),
                UUID.randomUUID(),
                receiptNumber,
                appliedAt,
                2,
                "王**",
                "low-income",
                1);
    }

    private static String receipt(int serial) {
        return "370200-2024-%07d-K".formatted(serial);
    }

    /** Few different values, so that ties happen; birthdays all over the year, so that every day counts. */
    private HouseholdFacts someFacts(Instant now) {
        var today = Shanghai.date(now);
        var applicant = new Person(Relation.APPLICANT, today.minusDays(15_000 + random.nextInt(900)), "370200", null);
        var child = new Person(Relation.CHILD, today.minusDays(2_000 + random.nextInt(900)), "370200", null);
        var members = random.nextBoolean() ? List.of(applicant) : List.of(applicant, child);
        return new HouseholdFacts(
                "370200",
                members,
                new BigDecimal(random.nextInt(3) * 5),
                90_000L * members.size() + random.nextInt(2) * 10_000L,
                0,
                Set.of(),
                today);
    }
}
