package io.anju.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.complaint.Complaint.Running;
import io.anju.complaint.Complaint.Stage;
import io.anju.complaint.ComplaintPolicy.Mark;
import io.anju.platform.time.WorkingDays;
import io.anju.policy.ComplaintClock;
import io.anju.policy.ComplaintClock.Due;
import io.anju.policy.ComplaintDesk;
import io.anju.policy.ComplaintKind;
import io.anju.policy.PolicyDocument;
import io.anju.policy.PolicyFolder;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of every kind and every clock: warned on the last working day before the end, overdue on the first day over. */
class WarningDayTest {
    private static final LocalDate FIRST = LocalDate.of(2025, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2027, 6, 30);
    private static final String CITY = "370200";

    private static final PolicyFolder FOLDER = PolicyFolder.shippedAnd(null);

    private final WorkingDays calendar = WorkingDays.load();
    private final ComplaintDesk desk =
            Objects.requireNonNull(FOLDER.city(CITY).orElseThrow().complaints());

    private enum Clock {
        ACCEPTANCE,
        HANDLING,
        EXTENSION,
        REVIEW,
        TRANSFER
    }

    /** The clocks that a kind has, each begun on this day; the extension is that of what would be due on it. */
    private Map<Clock, Due> clocks(ComplaintClock clock, LocalDate start) {
        var found = new EnumMap<Clock, Due>(Clock.class);
        clock.accepting(start, calendar).ifPresent(due -> found.put(Clock.ACCEPTANCE, due));
        found.put(Clock.HANDLING, clock.handling(start, calendar));
        clock.extended(start, calendar).ifPresent(due -> found.put(Clock.EXTENSION, due));
        if (clock.kind() == ComplaintClock.Kind.PETITION) {
            found.put(Clock.REVIEW, desk.reviews().deciding(start, calendar));
        }
        clock.refuseTransferBy(start, calendar)
                .ifPresent(day -> found.put(Clock.TRANSFER, new Due(day, Due.warnOn(day, calendar))));
        return found;
    }

    /** Each day of two years and a half, over every weekend, holiday and made-up working day in them. */
    @Test
    void every_clock_of_every_kind_warns_on_the_last_working_day_before_its_end() {
        var seen = new EnumMap<Clock, Integer>(Clock.class);
        for (var document : FOLDER.documents()) {
            for (var kind : ComplaintKind.values()) {
                document.cases()
                        .clock(kind.clock())
                        .ifPresent(clock -> FIRST.datesUntil(LAST)
                                .forEach(start -> clocks(clock, start).forEach((name, due) -> {
                                    assertMarks(name, start, due);
                                    seen.merge(name, 1, Integer::sum);
                                })));
            }
        }
        assertThat(seen.keySet()).containsExactly(Clock.values());
    }

    private void assertMarks(Clock clock, LocalDate start, Due due) {
        var as = clock + " from " + start + ", due " + due.on();
        var working = due.on().minusDays(1);
        while (!calendar.isWorkingDay(working)) {
            working = working.minusDays(1);
        }
        // what begins after that day is warned of from its first day on
        var expected = working.isBefore(start) ? start : working;
        assertThat(mark(clock, due, expected.minusDays(1))).as(as).isEqualTo(Mark.NONE);
        assertThat(mark(clock, due, expected)).as(as).isEqualTo(Mark.WARNING);
        assertThat(mark(clock, due, due.on())).as(as).isEqualTo(Mark.WARNING);
        assertThat(mark(clock, due, due.on().plusDays(1))).as(as).isEqualTo(Mark.OVERDUE);
    }

    private Mark mark(Clock clock, Due due, LocalDate today) {
        if (clock == Clock.TRANSFER) {
            var standing = Standing.received(new OfficeRef("district", "370202"), due.on());
            return ComplaintPolicy.transferMark(standing, today, calendar);
        }
        return ComplaintPolicy.mark(new Running(UUID.randomUUID(), Stage.HANDLE, due.on(), due.warnOn()), today);
    }

    /**
     * Counted by hand from the calendar of 2026: Spring Festival is from 15 to 23 February with work on Saturday the 14th
     * and the 28th, Labour Day from 1 to 5 May, the National Day from 1 to 7 October with work on Sunday 20 September and
     * Saturday 10 October.
     */
    @ParameterizedTest(name = "{1} of a {0} begun {2}: warned {3}, due {4}")
    @CsvSource({
        // due in the middle of the holiday week, warned on the working day before it
        "petition, ACCEPTANCE, 2026-02-05, 2026-02-14, 2026-02-20",
        "petition, ACCEPTANCE, 2026-09-19, 2026-09-30, 2026-10-04",
        "petition, HANDLING, 2026-03-04, 2026-04-30, 2026-05-03",
        "petition, EXTENSION, 2026-09-03, 2026-09-30, 2026-10-03",
        "petition, REVIEW, 2026-01-20, 2026-02-14, 2026-02-19",
        // due on a Sunday: Friday; on a Monday: Friday, too
        "petition, ACCEPTANCE, 2026-03-07, 2026-03-20, 2026-03-22",
        "petition, ACCEPTANCE, 2026-03-08, 2026-03-20, 2026-03-23",
        // due on the first working day after the holiday week: the last one before it
        "petition, HANDLING, 2026-08-09, 2026-09-30, 2026-10-08",
        "complaint, HANDLING, 2026-02-10, 2026-02-14, 2026-02-24",
        "report, HANDLING, 2026-08-20, 2026-09-30, 2026-10-08",
        "repair, EXTENSION, 2026-09-17, 2026-09-30, 2026-10-08",
        // the Saturday that makes up for a holiday is a working day like others
        "consultation, HANDLING, 2026-09-30, 2026-10-12, 2026-10-13",
        "complaint, HANDLING, 2026-09-29, 2026-10-10, 2026-10-12",
        "complaint, TRANSFER, 2026-09-29, 2026-09-30, 2026-10-08",
        "petition, TRANSFER, 2026-09-23, 2026-09-30, 2026-10-08",
    })
    void warned_on_the_day_before_a_holiday_week(
            String kind, Clock clock, LocalDate start, LocalDate warnedOn, LocalDate dueOn) {
        var due = clocks(qingdao().cases().clock(ComplaintKind.of(kind).clock()).orElseThrow(), start)
                .get(clock);
        assertThat(due).isEqualTo(new Due(dueOn, warnedOn));
    }

    private static PolicyDocument qingdao() {
        return FOLDER.documents().stream()
                .filter(document -> document.cityCode().equals(CITY)
                        && document.programme().equals("public-rental")
                        && document.version().equals("2026-1"))
                .findFirst()
                .orElseThrow();
    }
}
