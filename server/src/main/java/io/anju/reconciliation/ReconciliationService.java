package io.anju.reconciliation;

import io.anju.identity.IdentityService;
import io.anju.ledger.LedgerRule;
import io.anju.ledger.LedgerService;
import io.anju.payment.Movements;
import io.anju.platform.audit.Audit;
import io.anju.platform.db.Db;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Tx;
import io.anju.platform.http.CityCaller;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.reconciliation.ItemStore.Watch;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Comparisons with channels' bills: the daily ones, those that somebody asks for, and their results. */
public final class ReconciliationService {
    private static final Duration LOOK_EVERY = Duration.ofMinutes(10);
    /** Days that an outage may last before somebody has to ask for a comparison. */
    private static final int CATCH_UP_DAYS = 7;

    /** From when its bill is there until a day that was not compared is shown as one of which nothing is verified. */
    private static final Duration COMPARED_WITHIN = Duration.ofHours(1);

    private static final int KEPT_MONTHS = 3;
    private static final int LINES_KEPT_DAYS = 100;

    private final Db db;
    private final Movements movements;
    private final Map<String, Channel> channels = new TreeMap<>();
    private final RunStore runs = new RunStore();
    private final ItemStore items = new ItemStore();
    private final ReconciliationRun run;
    private final ReconciliationItems worked;

    public ReconciliationService(
            Vertx vertx,
            Db db,
            IdentityService identity,
            LedgerService ledger,
            Movements movements,
            List<Channel> channels) {
        this.db = db;
        this.movements = movements;
        channels.forEach(channel -> this.channels.put(channel.name(), channel));
        this.run = new ReconciliationRun(vertx, db, ledger, movements, this.channels);
        this.worked = new ReconciliationItems(db, identity, ledger);
    }

    /** What must hold of the differences. */
    public static List<LedgerRule> rules() {
        return ReconciliationRuleStore.RULES;
    }

    /** What people do with the differences. */
    ReconciliationItems items() {
        return worked;
    }

    /** Names who does the work, and looks every few minutes whether a day is due. */
    public void handleJobs(Jobs jobs) {
        jobs.handle(ReconciliationRun.KIND, run::work);
        jobs.every(LOOK_EVERY, "reconciliation.daily", job -> startDue(job.now()));
    }

    /**
     * Shows open items, those without an owner, the age of the oldest in days, and the share of the last due day's value
     * that was verified, of all channels and of each.
     */
    public void meter(MeterRegistry meters, InstantSource clock) {
        var watch = new AtomicReference<>(Watch.NOTHING);
        Supplier<Watch> watched = () -> last(watch, items.watch(db, clock.instant()));
        var open = gauge("anju.reconciliation.items.open", watched, Watch::open);
        open.description("Differences nobody has resolved").register(meters);
        var unowned = gauge("anju.reconciliation.items.unowned", watched, Watch::unowned);
        unowned.description("Unresolved differences that nobody looks after").register(meters);
        var oldest = gauge("anju.reconciliation.items.oldest.days", watched, Watch::oldestDays);
        oldest.description("Age of the oldest unresolved difference").register(meters);

        var shares = new AtomicReference<>(DayShares.NOTHING);
        Supplier<DayShares> shared = () -> {
            var day = lastDue(clock.instant().minus(COMPARED_WITHIN));
            return last(shares, runs.shares(db, channels.keySet(), day));
        };
        gauge("anju.reconciliation.verified.share", shared, DayShares::ofAll)
                .description("Share of the value of the last due day that was verified by the next day")
                .register(meters);
        for (var channel : channels.keySet()) {
            gauge("anju.reconciliation.channel.verified.share", shared, day -> day.of(channel))
                    .tag("channel", channel)
                    .description("Share of a channel's value of the last due day that was verified by the next day")
                    .register(meters);
        }
    }

    private static <T> Gauge.Builder<Supplier<Number>> gauge(
            String name, Supplier<T> known, Function<T, Number> value) {
        return Gauge.builder(name, () -> value.apply(known.get()));
    }

    /** Reading a meter must not wait for the database: gives what was known before, and keeps what is found for the next. */
    private static <T> T last(AtomicReference<T> known, Future<T> asked) {
        asked.onSuccess(known::set);
        return Objects.requireNonNull(known.get());
    }

    private Future<Void> startDue(Instant now) {
        var to = lastDue(now);
        return runs.forgetLines(db, to.minusDays(LINES_KEPT_DAYS)).compose(forgotten -> startDue(to, now));
    }

    private Future<Void> startDue(LocalDate to, Instant now) {
        return ReconciliationRun.each(
                channels.keySet(),
                channel -> movements
                        .firstUse(db, channel)
                        .compose(first -> first.isEmpty()
                                ? Future.succeededFuture()
                                : startDue(channel, Shanghai.date(first.get()), to, now)));
    }

    /** Before its first order a channel has nothing to compare, and may not know us at all. */
    private Future<Void> startDue(String channel, LocalDate firstUse, LocalDate to, Instant now) {
        var caughtUp = to.minusDays(CATCH_UP_DAYS - 1L);
        return runs.daysWithout(db, channel, firstUse.isAfter(caughtUp) ? firstUse : caughtUp, to)
                .compose(days -> ReconciliationRun.each(
                        days,
                        day -> db.inTransaction(tx -> begin(tx, channel, day, null, now))
                                .<Void>mapEmpty()
                                .recover(ReconciliationService::isOnItsWay)));
    }

    /** Another instance was faster. */
    private static Future<Void> isOnItsWay(Throwable failure) {
        return failure instanceof Refusal refusal && refusal.code() == ReconciliationProblem.RECONCILIATION_RUNNING
                ? Future.succeededFuture()
                : Future.failedFuture(failure);
    }

    /** The last day whose bill is there. */
    private static LocalDate lastDue(Instant now) {
        var yesterday = Shanghai.date(now).minusDays(1);
        return now.isBefore(ReconciliationRun.readyAt(yesterday)) ? yesterday.minusDays(1) : yesterday;
    }

    /** Compares a day, once more if it was compared before. */
    Future<Run> start(Tx tx, CityCaller caller, String channel, LocalDate day, Instant now) {
        if (!channels.containsKey(channel)) {
            return Refusal.failed(PlatformProblem.NOT_FOUND);
        }
        if (day.isAfter(lastDue(now)) || day.isBefore(Shanghai.date(now).minusMonths(KEPT_MONTHS))) {
            return Refusal.failed(ReconciliationProblem.BILL_NOT_THERE_YET);
        }
        return begin(tx, channel, day, caller.id(), now)
                .compose(begun -> Audit.record(
                                tx, caller, "reconciliation.requested", "reconciliation-run", begun.id(), null)
                        .map(begun));
    }

    private Future<Run> begin(Tx tx, String channel, LocalDate day, @Nullable UUID requestedBy, Instant now) {
        var id = Ids.next(now);
        return runs.insert(tx, id, channel, day, requestedBy, now)
                .compose(inserted -> ReconciliationRun.enqueue(tx, id, now))
                .compose(queued -> runs.find(tx, id))
                .map(found -> found.orElseThrow());
    }

    /** Comparisons of a day or of all, those of the newest days first, before a place of the list. */
    Future<List<Run>> list(@Nullable LocalDate day, LocalDate beforeDay, UUID beforeId, int limit) {
        return runs.list(db, day, beforeDay, beforeId, limit);
    }
}
