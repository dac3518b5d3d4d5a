package io.anju.complaint;

import io.anju.complaint.StatisticStore.After;
import io.anju.complaint.StatisticStore.Calendar;
import io.anju.platform.http.AreaCaller;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.platform.time.WorkingDays;
import io.anju.policy.City;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How offices keep their days: counted by a job, month by month, and read as lines. */
final class Statistics {
    private static final Duration PERIOD = Duration.ofHours(1);
    /** No clock runs longer, its extension included. */
    private static final int LONGEST_DAYS = 400;

    private final Casework work;
    private final StatisticStore store = new StatisticStore();

    Statistics(Casework work) {
        this.work = work;
    }

    void start(Jobs jobs) {
        jobs.every(PERIOD, "complaint.count-statistics", job -> count(job.now()));
    }

    /**
     * Counts every month in which something has changed since the last time, each in a transaction of its own. A run that
     * is cut off is done again as a whole.
     */
    Future<Void> count(Instant now) {
        var today = Shanghai.date(now);
        return store.through(work.db)
                // what ended later on the day of the last run is counted in, too
                .compose(through -> store.months(
                        work.db, through.orElse(null), today.withDayOfMonth(1).plusMonths(1)))
                .compose(months -> countAll(months, today, now))
                .compose(counted -> store.goOn(work.db, today));
    }

    private Future<Void> countAll(List<LocalDate> months, LocalDate today, Instant now) {
        Future<Void> done = Future.succeededFuture();
        for (var month : months) {
            done = done.compose(before -> {
                var calendar = calendar(work.workingDays, month.minusDays(LONGEST_DAYS), later(month, today));
                return work.db.inTransaction(tx -> store.count(tx, month, today, calendar, now));
            });
        }
        return done;
    }

    private static LocalDate later(LocalDate month, LocalDate today) {
        var end = month.plusMonths(1);
        return end.isAfter(today) ? end : today;
    }

    private static Calendar calendar(WorkingDays calendar, LocalDate first, LocalDate last) {
        var days = first.datesUntil(last.plusDays(1)).toArray(LocalDate[]::new);
        var nth = new Integer[days.length];
        int count = 0;
        for (int i = 0; i < days.length; i++) {
            count += calendar.isWorkingDay(days[i]) ? 1 : 0;
            nth[i] = count;
        }
        return new Calendar(days, nth);
    }

    /** A city that takes complaints; 404 for every other. */
    City city(String cityCode) {
        return work.policies
                .findCity(cityCode)
                .filter(city -> city.complaints() != null)
                .orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND));
    }

    /** When a month of a city was counted; empty where nothing was due. */
    Future<Optional<Instant>> countedAt(String cityCode, LocalDate month) {
        return store.countedAt(work.db, cityCode, month);
    }

    Future<List<Statistic>> list(String cityCode, LocalDate month, After after, int limit) {
        return store.list(work.db, cityCode, month, after, limit);
    }

    Future<List<Statistic>> listOfOffices(AreaCaller caller, LocalDate month, @Nullable After after, int limit) {
        return work.sight(work.db, caller)
                .compose(sight ->
                        store.listOfOffices(work.db, sight, month, after == null ? After.START : after, limit));
    }
}
