package io.anju.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.platform.db.Ids;
import io.anju.platform.time.WorkingDays;
import io.anju.policy.ComplaintClock;
import io.anju.policy.ComplaintClock.Count;
import io.anju.policy.ComplaintClock.Span;
import io.anju.policy.ComplaintKind;
import io.anju.policy.PolicyDocument;
import io.anju.testing.Anju;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Clocks over a year with its holidays: each day the watch runs once, some are answered, and at the end every complaint
 * was warned of and marked on exactly the day that counting days one by one gives.
 */
class ClockYearIT {
    /** 100 000 with {@code -Danju.complaints.year=100000}; fewer on every build. */
    private static final int COMPLAINTS = Integer.getInteger("anju.complaints.year", 4_000);

    private static final long SEED = Long.getLong("anju.complaints.seed", 20_260_101L);
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2026, 12, 31);
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final int BATCH = 5_000;

    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final String INSERT = """
            INSERT INTO complaint.complaint
                   (id, number, city_code, kind, category, joinable, policy_digest, content, state, office_level, area_code,
                    filed_on, filed_at, updated_at)
            SELECT id, 'YEAR-' || id, '370200', kind, 'rent-and-fees', false, $4, '\\x00', 'received', 'district', '370202',
                   filed_on, filed_on::timestamptz, filed_on::timestamptz
              FROM unnest($1::uuid[], $2::text[], $3::date[]) AS t(id, kind, filed_on)
            """;

    private static final String START = """
            INSERT INTO complaint.clock (id, complaint_id, stage, started_on, due_on, warn_on, first_due_on)
            SELECT id, id, 'handle', filed_on, due_on, warn_on, due_on
              FROM unnest($1::uuid[], $2::date[], $3::date[], $4::date[]) AS t(id, filed_on, due_on, warn_on)
            """;

    private static final String ANSWER = """
            UPDATE complaint.clock SET ended_on = $1, outcome = 'done' WHERE complaint_id = ANY ($2) AND ended_on IS NULL
            """;

    private static final String TOLD = """
            SELECT complaint_id, due_on, warn_on, (warned_at AT TIME ZONE 'Asia/Shanghai')::date AS warned_on,
                   (overdue_at AT TIME ZONE 'Asia/Shanghai')::date AS overdue_on
              FROM complaint.clock
            """;

    private static final String YEAR = """
            SELECT sum(met)::bigint AS met, sum(late)::bigint AS late, sum(unanswered)::bigint AS unanswered
              FROM complaint.statistic
             WHERE kind = '' AND month < '2027-01-01'
            """;

    private static final String EVENTS = """
            SELECT count(*) FILTER (WHERE kind = 'warned') AS warned, count(*) FILTER (WHERE kind = 'overdue') AS overdue
              FROM complaint.event
            """;

    /** @param answeredOn null for those that nobody answers in the year */
    private record Plan(
            UUID id,
            ComplaintKind kind,
            LocalDate filedOn,
            @Nullable LocalDate answeredOn) {}

    @Test
    void every_clock_of_a_year_is_told_on_its_day() {
        System.out.println("seed " + SEED + ", " + COMPLAINTS + " complaints");
        var policy = Anju.await(
                anju.domains().policy.inForce(anju.db(), "370200", "public-rental", LocalDate.of(2026, 3, 4)));
        var plans = plans();
        insert(plans, policy);
        var answers = new HashMap<LocalDate, List<UUID>>();
        plans.forEach(plan -> {
            if (plan.answeredOn() != null) {
                answers.computeIfAbsent(plan.answeredOn(), day -> new ArrayList<>())
                        .add(plan.id());
            }
        });
        var watch = new ClockWatch(anju.db());
        for (var day = FIRST; !day.isAfter(LAST); day = day.plusDays(1)) {
            // at the first instant of the day, before anybody works
            Anju.await(watch.watch(day.atStartOfDay(SHANGHAI).toInstant()), 300);
            var answered = answers.getOrDefault(day, List.of());
            Anju.await(anju.db().execute(ANSWER, day, answered.toArray(UUID[]::new)));
        }
        check(plans, policy);
        checkStatistics(plans, policy);
    }

    /** The figures of the whole year, counted from the plans one by one. */
    private static void checkStatistics(List<Plan> plans, PolicyDocument policy) {
        anju.clock().set(LAST.plusDays(1), LocalTime.of(1, 0));
        anju.runJobs();
        anju.runJobs();
        var calendar = WorkingDays.load();
        long met = 0;
        long late = 0;
        long unanswered = 0;
        for (var plan : plans) {
            var dueOn = counted(plan.filedOn(), clock(policy, plan).handle(), 1, calendar);
            var answeredOn = plan.answeredOn();
            if (answeredOn == null) {
                unanswered += dueOn.isAfter(LAST) ? 0 : 1;
            } else if (!answeredOn.isAfter(dueOn)) {
                // due next year and answered before: counted next year
                met += dueOn.isAfter(LAST) ? 0 : 1;
            } else {
                late++;
            }
        }
        var figures = Anju.await(anju.db()
                        .find(YEAR, row -> List.of(row.getLong("met"), row.getLong("late"), row.getLong("unanswered"))))
                .orElseThrow();
        assertThat(figures).containsExactly(met, late, unanswered);
    }

    private static List<Plan> plans() {
        var random = new SplittableRandom(SEED);
        var kinds = List.of(ComplaintKind.COMPLAINT, ComplaintKind.REPORT, ComplaintKind.PETITION);
        var plans = new ArrayList<Plan>();
        for (int i = 0; i < COMPLAINTS; i++) {
            var filedOn = FIRST.plusDays(random.nextInt(365));
            var answered = random.nextInt(10) == 0 ? null : filedOn.plusDays(random.nextInt(70));
            plans.add(new Plan(
                    Ids.next(Instant.EPOCH.plusSeconds(i)),
                    kinds.get(random.nextInt(kinds.size())),
                    filedOn,
                    answered == null || answered.isAfter(LAST) ? null : answered));
        }
        return plans;
    }

    private static void insert(List<Plan> plans, PolicyDocument policy) {
        var calendar = WorkingDays.load();
        for (int from = 0; from < plans.size(); from += BATCH) {
            var batch = plans.subList(from, Math.min(from + BATCH, plans.size()));
            var ids = batch.stream().map(Plan::id).toArray(UUID[]::new);
            var days = batch.stream().map(Plan::filedOn).toArray(LocalDate[]::new);
            var due = batch.stream()
                    .map(plan -> clock(policy, plan).handling(plan.filedOn(), calendar))
                    .toList();
            Anju.await(anju.db()
                    .execute(
                            INSERT,
                            ids,
                            batch.stream().map(plan -> plan.kind().id()).toArray(String[]::new),
                            days,
                            policy.digest()));
            Anju.await(anju.db()
                    .execute(
                            START,
                            ids,
                            days,
                            due.stream().map(ComplaintClock.Due::on).toArray(LocalDate[]::new),
                            due.stream().map(ComplaintClock.Due::warnOn).toArray(LocalDate[]::new)));
        }
    }

    private record Told(
            LocalDate dueOn,
            LocalDate warnOn,
            @Nullable LocalDate warnedOn,
            @Nullable LocalDate overdueOn) {}

    private static void check(List<Plan> plans, PolicyDocument policy) {
        Map<UUID, Told> told = new HashMap<>();
        Anju.await(anju.db()
                        .list(
                                TOLD,
                                row -> Map.entry(
                                        row.getUUID("complaint_id"),
                                        new Told(
                                                row.getLocalDate("due_on"),
                                                row.getLocalDate("warn_on"),
                                                row.getLocalDate("warned_on"),
                                                row.getLocalDate("overdue_on")))))
                .forEach(entry -> told.put(entry.getKey(), entry.getValue()));
        assertThat(told).hasSize(plans.size());
        var calendar = WorkingDays.load();
        int warned = 0;
        int overdue = 0;
        for (var plan : plans) {
            var expected = expected(plan, clock(policy, plan), calendar);
            assertThat(told.get(plan.id())).as(plan.toString()).isEqualTo(expected);
            warned += expected.warnedOn() == null ? 0 : 1;
            overdue += expected.overdueOn() == null ? 0 : 1;
        }
        assertThat(warned).isGreaterThan(overdue).isPositive();
        var events = Anju.await(anju.db().find(EVENTS, row -> List.of(row.getLong("warned"), row.getLong("overdue"))))
                .orElseThrow();
        assertThat(events).containsExactly((long) warned, (long) overdue);
    }

    /** Counted day by day, as somebody with a calendar on the wall would. */
    private static Told expected(Plan plan, ComplaintClock clock, WorkingDays calendar) {
        var dueOn = counted(plan.filedOn(), clock.handle(), 1, calendar);
        var warnOn = counted(dueOn, new Span(1, Count.WORKING), -1, calendar);
        warnOn = warnOn.isBefore(plan.filedOn()) ? plan.filedOn() : warnOn;
        return new Told(dueOn, warnOn, reached(warnOn, plan), reached(dueOn.plusDays(1), plan));
    }

    /** The watch runs before the day's work: what is answered on a day was still open when it ran. */
    private static @Nullable LocalDate reached(LocalDate day, Plan plan) {
        var answeredOn = plan.answeredOn();
        var open = answeredOn == null || !answeredOn.isBefore(day);
        return open && !day.isAfter(LAST) ? day : null;
    }

    private static LocalDate counted(LocalDate from, Span span, int step, WorkingDays calendar) {
        var day = from;
        for (int left = span.days(); left > 0; ) {
            day = day.plusDays(step);
            left -= span.counted() == Count.CALENDAR || calendar.isWorkingDay(day) ? 1 : 0;
        }
        return day;
    }

    private static ComplaintClock clock(PolicyDocument policy, Plan plan) {
        return policy.cases().clock(plan.kind().clock()).orElseThrow();
    }
}
