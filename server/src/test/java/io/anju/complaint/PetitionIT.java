package io.anju.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.complaint.Filings.Filed;
import io.anju.testing.Anju;
import io.anju.testing.Desk;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Petitions over HTTP: acceptance, handling, the one extension, and the reviews up to the final answer. */
class PetitionIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private final Filings filings = new Filings(anju);

    @BeforeEach
    void beginOnAWednesday() {
        anju.clock().set(Anju.START);
    }

    @Test
    void a_petition_is_accepted_in_15_days_handled_in_60_and_reviewed_twice() {
        var filed = filings.file("petition", "application-handling");
        assertThat(filings.due(filed)).isEqualTo("2026-03-19");
        anju.clock().set(LocalDate.of(2026, 3, 19), LocalTime.of(18, 0));
        var desk = filings.handler();
        Filings.accept(desk, filed).expect(200);
        assertThat(filings.due(filed)).isEqualTo("2026-05-18");
        Filings.act(filings.supervision(), filed, "extension", Map.of("reason", "complex", "text", "情况复杂"))
                .expect(200);
        assertThat(filings.due(filed)).isEqualTo("2026-06-17");
        Filings.reply(desk, filed).expect(200);
        filings.post(filed, "reopening", Map.of("reason", "not-solved", "text", "不服"))
                .expect(409, "complaint-not-closed");
        var why = Map.of("text", "对答复意见不服，请求复查。");
        assertThat(filings.get(filed).json().at("/complaint/reviewBy").asText()).isEqualTo("2026-04-18");
        anju.clock().set(LocalDate.of(2026, 4, 18), LocalTime.of(23, 0));
        filings.post(filed, "review", why).expect(200);
        assertThat(filings.due(filed)).isEqualTo("2026-05-18");
        Filings.open(desk, filed).expect(404);
        var city = filings.handler("city", "3702");
        Filings.act(city, filed, "assignment", Map.of()).expect(200);
        Filings.reply(city, filed).expect(200);
        Filings.close(city, filed).expect(200);
        filings.post(filed, "review", why).expect(200);
        // nobody looks at an answer of their own
        Filings.act(city, filed, "assignment", Map.of()).expect(409, "handled-before");
        var last = filings.handler("city", "3702");
        Filings.act(last, filed, "assignment", Map.of()).expect(200);
        Filings.reply(last, filed).expect(200);
        assertThat(filings.get(filed).json().at("/complaint/conclusive").asBoolean())
                .isTrue();
        filings.post(filed, "review", why).expect(409, "complaint-final");
        Filings.close(last, filed).expect(200);
    }

    @Test
    void a_review_is_asked_for_within_30_days_and_of_petitions_only() {
        var desk = filings.handler();
        var complaint = filings.closed(desk, filings.file("complaint", "rent-and-fees"));
        filings.post(complaint, "review", Map.of("text", "不服")).expect(409, "not-a-petition");
        var petition = filings.closed(desk, filings.file("petition", "application-handling"));
        anju.clock().advanceDays(31);
        filings.post(petition, "review", Map.of("text", "不服")).expect(409, "review-too-late");
    }

    /**
     * Counted by hand from the calendar of 2026: Qingming is from 4 to 6 April, Labour Day from 1 to 5 May with work on
     * Saturday the 9th, the National Day from 1 to 7 October with work on Saturday the 10th. Petitions count every day.
     */
    @ParameterizedTest(name = "{0} filed {1}")
    @CsvSource({
        // five working days: 7, 8, 9, 10, 13 April
        "complaint, 2026-04-03, 2026-04-10, 2026-04-13",
        // 6, 7, 8, 9 (a Saturday), 11 May; filed in the middle of the holiday as well
        "complaint, 2026-04-30, 2026-05-09, 2026-05-11",
        "complaint, 2026-05-03, 2026-05-09, 2026-05-11",
        // 8, 9, 10 (a Saturday), 12, 13 October
        "complaint, 2026-09-30, 2026-10-12, 2026-10-13",
        "complaint, 2026-10-05, 2026-10-12, 2026-10-13",
        // the last day of acceptance is a holiday: 15 days are 15 days
        "petition, 2026-04-20, 2026-04-30, 2026-05-05",
        "petition, 2026-09-20, 2026-09-30, 2026-10-05",
        // over the end of the year
        "petition, 2026-12-20, 2026-12-31, 2027-01-04",
    })
    void days_over_holidays_and_made_up_working_days(
            String kind, LocalDate filedOn, LocalDate warnedOn, LocalDate dueOn) {
        anju.clock().set(filedOn, LocalTime.of(23, 59));
        var filed = filings.file(kind, "application-handling");
        assertThat(filings.due(filed)).isEqualTo(dueOn.toString());
        var desk = filings.handler();
        anju.clock().set(warnedOn.minusDays(1), LocalTime.of(23, 59));
        assertThat(Filings.listed(desk, "&mark=warning")).doesNotContain(filed.id());
        anju.clock().set(warnedOn, LocalTime.of(0, 0));
        assertThat(Filings.listed(desk, "&mark=warning")).contains(filed.id());
        assertMarkTurns(desk, filed, dueOn);
        Filings.accept(desk, filed).expect(200);
        Filings.reply(desk, filed).expect(200);
    }

    /** 15 days to accept, 60 to handle, 30 more once: each last day is in time, and the day after is over. */
    @Test
    void days_15_60_and_90_are_the_last_in_time() {
        var desk = filings.handler();
        var filed = filings.file("petition", "application-handling");
        assertMarkTurns(desk, filed, LocalDate.of(2026, 3, 4).plusDays(15));
        anju.clock().set(LocalDate.of(2026, 3, 19), LocalTime.of(18, 0));
        Filings.accept(desk, filed).expect(200);
        assertMarkTurns(desk, filed, LocalDate.of(2026, 3, 19).plusDays(60));
        anju.clock().set(LocalDate.of(2026, 5, 18), LocalTime.of(18, 0));
        var why = Map.of("reason", "complex", "text", "情况复杂");
        Filings.act(filings.supervision(), filed, "extension", why).expect(200);
        assertMarkTurns(desk, filed, LocalDate.of(2026, 3, 19).plusDays(90));
        anju.clock().set(LocalDate.of(2026, 6, 17), LocalTime.of(18, 0));
        Filings.act(filings.supervision(), filed, "extension", why).expect(409, "complaint-extended");
        Filings.reply(desk, filed).expect(200);
    }

    /** Each of them runs out in the holiday week of October 2026, or on the day after; 30 September is the last to act. */
    @Test
    void every_clock_is_warned_of_on_the_working_day_before_a_holiday_week() {
        var desk = filings.handler();
        at("2026-09-19");
        assertWarnedOn30September(desk, filings.file("petition", "application-handling"), "2026-10-04");
        at("2026-08-05");
        var handled = filings.file("petition", "application-handling");
        Filings.accept(desk, handled).expect(200);
        assertWarnedOn30September(desk, handled, "2026-10-04");
        at("2026-07-06");
        var extended = filings.file("petition", "application-handling");
        Filings.accept(desk, extended).expect(200);
        Filings.act(filings.supervision(), extended, "extension", Map.of("reason", "complex", "text", "情况复杂"))
                .expect(200);
        assertWarnedOn30September(desk, extended, "2026-10-04");
        at("2026-09-04");
        var reviewed = filings.closed(desk, filings.file("petition", "application-handling"));
        filings.post(reviewed, "review", Map.of("text", "不服")).expect(200);
        assertWarnedOn30September(filings.handler("city", "3702"), reviewed, "2026-10-04");
        at("2026-08-20");
        assertWarnedOn30September(filings.supervision(), filings.file("report", "false-declaration"), "2026-10-08");
        at("2026-09-23");
        assertWarnedOn30September(desk, filings.file("complaint", "application-handling"), "2026-10-08");
    }

    private static void at(String day) {
        anju.clock().set(LocalDate.parse(day), LocalTime.of(10, 0));
    }

    private void assertWarnedOn30September(Desk desk, Filed filed, String dueOn) {
        assertThat(filings.due(filed)).isEqualTo(dueOn);
        anju.clock().set(LocalDate.of(2026, 9, 29), LocalTime.of(23, 59));
        assertThat(Filings.listed(desk, "&queue=area&mark=none")).contains(filed.id());
        anju.clock().set(LocalDate.of(2026, 9, 30), LocalTime.of(0, 0));
        assertThat(Filings.listed(desk, "&queue=area&mark=warning")).contains(filed.id());
        anju.clock().set(LocalDate.parse(dueOn).plusDays(1), LocalTime.of(0, 0));
        assertThat(Filings.listed(desk, "&queue=area&mark=overdue")).contains(filed.id());
    }

    /** An office that sends on what is not its own reads how long it may: two working days, of petitions five. */
    @ParameterizedTest(name = "{0} filed {1}")
    @CsvSource({
        "complaint, 2026-09-29, 2026-09-30, 2026-10-08",
        "petition, 2026-09-23, 2026-09-30, 2026-10-08",
        "complaint, 2026-03-05, 2026-03-06, 2026-03-09"
    })
    void the_days_for_sending_on_are_warned_of_too(
            String kind, LocalDate filedOn, LocalDate warnedOn, LocalDate lastDay) {
        anju.clock().set(filedOn, LocalTime.of(10, 0));
        var filed = filings.file(kind, "application-handling");
        var desk = filings.handler();
        assertThat(transfer(desk, filed, warnedOn.minusDays(1))).isEqualTo(lastDay + " none");
        assertThat(transfer(desk, filed, warnedOn)).isEqualTo(lastDay + " warning");
        assertThat(transfer(desk, filed, lastDay)).isEqualTo(lastDay + " warning");
        assertThat(transfer(desk, filed, lastDay.plusDays(1))).isEqualTo(lastDay + " overdue");
        Filings.act(desk, filed, "transfer", Map.of("reason", "not-in-charge", "text", "退"))
                .expect(409, "transfer-too-late");
        Filings.accept(desk, filed).expect(200);
        assertThat(transfer(desk, filed, lastDay.plusDays(1))).isEqualTo(" none");
    }

    private static String transfer(Desk desk, Filed filed, LocalDate today) {
        anju.clock().set(today, LocalTime.of(0, 0));
        for (var line : desk.get(Filings.WORK + "?limit=100").expect(200).json().path("items")) {
            if (line.at("/complaint/complaintId").asText().equals(filed.id())) {
                return line.path("transferBy").asText() + " "
                        + line.path("transferMark").asText();
            }
        }
        throw new AssertionError(filed.id() + " is not listed");
    }

    private void assertMarkTurns(Desk desk, Filed filed, LocalDate lastDay) {
        assertThat(filings.due(filed)).isEqualTo(lastDay.toString());
        anju.clock().set(lastDay, LocalTime.of(23, 59));
        assertThat(Filings.listed(desk, "&mark=warning")).contains(filed.id());
        anju.clock().set(lastDay.plusDays(1), LocalTime.of(0, 0));
        assertThat(Filings.listed(desk, "&mark=overdue")).contains(filed.id());
    }

    @Test
    void a_review_has_its_own_30_days_and_no_extension() {
        var desk = filings.handler();
        var filed = filings.closed(desk, filings.file("petition", "application-handling"));
        filings.post(filed, "review", Map.of("text", "对答复意见不服，请求复查。")).expect(200);
        var city = filings.handler("city", "3702");
        Filings.act(city, filed, "assignment", Map.of()).expect(200);
        assertMarkTurns(city, filed, LocalDate.of(2026, 3, 4).plusDays(30));
        anju.clock().set(LocalDate.of(2026, 4, 3), LocalTime.of(9, 0));
        Filings.act(filings.supervision(), filed, "extension", Map.of("reason", "complex", "text", "情况复杂"))
                .expect(409, "complaint-not-open");
        // late is still an answer, and the days for the second review count from it
        anju.clock().set(LocalDate.of(2026, 4, 5), LocalTime.of(9, 0));
        Filings.reply(city, filed).expect(200);
        assertThat(filings.get(filed).json().at("/complaint/reviewBy").asText())
                .isEqualTo(LocalDate.of(2026, 4, 5).plusDays(30).toString());
        assertThat(filings.kinds(filed)).endsWith("review-requested", "replied");
    }
}
