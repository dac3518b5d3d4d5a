package io.anju.arrears;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.testing.Anju;
import io.anju.testing.Desk;
import io.anju.testing.Letting;
import io.anju.testing.TestDatabases;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Xiamen: an own share unpaid for more than six months makes the subsidy void, if two officials say so. */
class VoidIT extends LateCity {
    @RegisterExtension
    static final Anju anju = Anju.server();

    VoidIT() {
        super(anju, Letting.XIAMEN);
    }

    private static JsonNode proposal(JsonNode standing, String kind) {
        for (var one : standing.path("proposals")) {
            if (one.path("kind").asText().equals(kind)) {
                return one;
            }
        }
        throw new AssertionError("nobody proposes " + kind + " in " + standing.path("proposals"));
    }

    @Test
    void more_than_six_months_make_the_whole_rent_due_once_two_have_decided() {
        var let = let();
        var month = let.from().withDayOfMonth(1);
        for (var number = 1; number <= 6; number++) {
            month = month.plusMonths(1);
            bill(month.toString().substring(0, 7));
            go(month.plusDays(11));
        }
        assertThat(mine(let).path("monthsOwed").asInt()).isEqualTo(6);
        assertThat(mine(let).path("proposals").toString()).doesNotContain("subsidy-void");
        assertThat(proposal(mine(let), "lease-end").path("state").asText()).isEqualTo("proposed");
        month = month.plusMonths(1);
        bill(month.toString().substring(0, 7));
        go(month.plusDays(11));
        assertThat(mine(let).path("monthsOwed").asInt()).isEqualTo(7);

        var before = mine(let).path("overdueFen").asLong();
        var subsidies = wholeFen(mine(let)) - before;
        var path = "/v1/staff/arrears-proposals/"
                + proposal(mine(let), "subsidy-void").path("proposalId").asText() + "/decision";
        var approve = Map.of("decision", "approve", "reason", "已核实");
        city.post(path, approve).expect(409, "arrears-second-person");
        city.post(path, Map.of("decision", "endorse", "reason", "已核实")).expect(200);
        city.post(path, approve).expect(409, "arrears-second-person");
        assertThat(mine(let).path("overdueFen").asLong()).isEqualTo(before);
        var approved =
                Desk.of(anju, "city", "3502").post(path, approve).expect(200).json();
        assertThat(approved.path("state").asText()).isEqualTo("approved");
        assertThat(approved.at("/file/overdueFen").asLong()).isEqualTo(before);
        assertThat(mine(let).path("overdueFen").asLong()).isEqualTo(before + subsidies);

        pay(let, before + subsidies);
        go(month.plusDays(12));
        assertThat(mine(let).path("overdueFen").asLong()).isZero();
        assertThat(proposal(mine(let), "lease-end").path("state").asText()).isEqualTo("lapsed");
        assertThat(proposal(mine(let), "subsidy-void").path("state").asText()).isEqualTo("approved");

        falls_behind_again_until_two_end_the_lease(let, month);
    }

    /** More than six months are unpaid, and two officials decide; gives how it stood before. */
    private JsonNode voids(Let let) {
        var month = let.from().withDayOfMonth(1);
        for (var number = 1; number <= 7; number++) {
            month = month.plusMonths(1);
            bill(month.toString().substring(0, 7));
            go(month.plusDays(11));
        }
        var before = mine(let);
        approveVoid(before);
        return before;
    }

    private void approveVoid(JsonNode standing) {
        city.post(voidDecision(standing), Map.of("decision", "endorse", "reason", "已核实"))
                .expect(200);
        Desk.of(anju, "city", "3502")
                .post(voidDecision(standing), Map.of("decision", "approve", "reason", "已核实"))
                .expect(200);
    }

    private static String voidDecision(JsonNode standing) {
        return "/v1/staff/arrears-proposals/"
                + proposal(standing, "subsidy-void").path("proposalId").asText() + "/decision";
    }

    private static List<String> voidStates(JsonNode standing) {
        return StreamSupport.stream(standing.path("proposals").spliterator(), false)
                .filter(one -> one.path("kind").asText().equals("subsidy-void"))
                .map(one -> one.path("state").asText())
                .toList();
    }

    /** The next month is billed and becomes overdue; gives its bill. */
    private JsonNode oneMonthMore(Let let) {
        var month = anju.clock().today().withDayOfMonth(1).plusMonths(1);
        bill(month.toString().substring(0, 7));
        go(month.plusDays(11));
        return StreamSupport.stream(mine(let).path("bills").spliterator(), false)
                .max(Comparator.comparing(one -> one.path("dueOn").asText()))
                .orElseThrow();
    }

    @Test
    void months_that_stay_unpaid_after_a_void_become_void_on_a_day_of_their_own() {
        var let = let();
        var before = voids(let);
        var first = anju.clock().today();
        var earlier = first + " " + before.path("bills").size();
        assertThat(voidDays(let)).containsExactly(earlier);
        go(first.plusDays(1));
        assertThat(voidStates(mine(let))).containsExactly("approved");

        var later = oneMonthMore(let);
        var ownFen = later.path("dueFen").asLong();
        var subsidyFen = later.path("subsidyFen").asLong();
        assertThat(subsidyFen).isPositive();
        assertThat(mine(let).path("overdueFen").asLong()).isEqualTo(wholeFen(before) + ownFen);
        assertThat(voidStates(mine(let))).containsExactly("proposed", "approved");
        go(anju.clock().today().plusDays(2));
        assertThat(voidStates(mine(let))).containsExactly("proposed", "approved");
        approveVoid(mine(let));
        var second = anju.clock().today();
        assertThat(voidStates(mine(let))).containsExactly("approved", "approved");
        assertThat(mine(let).path("overdueFen").asLong()).isEqualTo(wholeFen(before) + ownFen + subsidyFen);
        assertThat(voidDays(let)).containsExactly(earlier, second + " 1");
        for (var days = 0; days <= 3; days++) {
            var today = second.plusDays(days);
            go(today);
            assertThat(mine(let).path("lateFeeAccruedFen").asLong())
                    .isEqualTo(feesFen(before, first, today) + feeFen(later, second, today));
        }

        // what officials refused stands while the case is open
        oneMonthMore(let);
        city.post(voidDecision(mine(let)), Map.of("decision", "refuse", "reason", "已核实"))
                .expect(200);
        oneMonthMore(let);
        assertThat(voidStates(mine(let))).containsExactly("refused", "approved", "approved");
        assertThat(voidDays(let)).containsExactly(earlier, second + " 1");
    }

    private static List<String> voidDays(Let let) {
        return Anju.await(anju.db()
                .list(
                        "SELECT subsidy_void_on || ' ' || count(*) AS day FROM rent.bill WHERE lease_id = $1 AND subsidy_state = 'void' GROUP BY subsidy_void_on ORDER BY subsidy_void_on",
                        row -> row.getString("day"),
                        UUID.fromString(let.leaseId())));
    }

    /** What is late of each bill, for each of these days, at 3 ‰. */
    private static long feeFen(JsonNode bill, LocalDate voided, LocalDate today) {
        var due = LocalDate.parse(bill.path("dueOn").asText());
        var ownFen = bill.path("dueFen").asLong();
        var wholeFen = ownFen + bill.path("subsidyFen").asLong();
        var through = today.minusDays(1);
        var ofOwn = ChronoUnit.DAYS.between(due, through.isBefore(voided) ? through : voided);
        var ofWhole = Math.max(0, ChronoUnit.DAYS.between(voided, through));
        return (2 * 3 * (ownFen * ofOwn + wholeFen * ofWhole) + 1_000) / 2_000;
    }

    private static long wholeFen(JsonNode standing) {
        var fen = 0L;
        for (var bill : standing.path("bills")) {
            fen += bill.path("dueFen").asLong() + bill.path("subsidyFen").asLong();
        }
        return fen;
    }

    private static long feesFen(JsonNode standing, LocalDate voided, LocalDate today) {
        var sum = 0L;
        for (var bill : standing.path("bills")) {
            sum += feeFen(bill, voided, today);
        }
        return sum;
    }

    @Test
    void late_fees_count_the_own_share_up_to_the_void_and_the_whole_rent_from_the_day_after() {
        var let = let();
        var before = voids(let);
        var voided = anju.clock().today();
        assertThat(mine(let).path("overdueFen").asLong()).isEqualTo(wholeFen(before));
        assertThat(mine(let).path("lateFeeAccruedFen").asLong()).isEqualTo(feesFen(before, voided, voided));
        for (var days = 1; days <= 3; days++) {
            go(voided.plusDays(days));
            assertThat(mine(let).path("lateFeeAccruedFen").asLong())
                    .isEqualTo(feesFen(before, voided, voided.plusDays(days)));
        }
        pay(let, wholeFen(before));
        go(voided.plusDays(4));
        assertThat(mine(let).path("overdueFen").asLong()).isZero();
        var billed = Anju.await(anju.db()
                .find(
                        "SELECT sum(amount_fen - credited_fen)::bigint AS fen FROM rent.bill WHERE lease_id = $1 AND charge = 'late-fee'",
                        row -> row.getLong("fen"),
                        UUID.fromString(let.leaseId())));
        assertThat(billed).contains(feesFen(before, voided, voided.plusDays(4)));

        voids_from_before_have_their_day();
    }

    private static void voids_from_before_have_their_day() {
        var query = "SELECT string_agg(bill_id || ' ' || subsidy_void_on, ',' ORDER BY bill_id) AS days FROM rent.bill";
        var now =
                Anju.await(anju.db().find(query, row -> row.getString("days"))).orElseThrow();
        var undo = List.of("ALTER TABLE rent.bill DROP COLUMN subsidy_void_on");
        assertThat(TestDatabases.afterMigratingAgain(anju.databaseAddress(), "783", undo, query))
                .isEqualTo(now);
    }

    private void falls_behind_again_until_two_end_the_lease(Let let, LocalDate paid) {
        var month = paid;
        for (var number = 1; number <= 6; number++) {
            month = month.plusMonths(1);
            bill(month.toString().substring(0, 7));
            go(month.plusDays(11));
        }
        var path = "/v1/staff/arrears-proposals/" + open(mine(let)) + "/decision";
        city.post(path, Map.of("decision", "endorse", "reason", "已核实")).expect(200);
        var second = Desk.of(anju, "city", "3502");
        var yesterday = Map.of(
                "decision",
                "approve",
                "reason",
                "欠租六个月",
                "lastDay",
                anju.clock().today().minusDays(1).toString());
        second.post(path, yesterday).expect(422, "lease-date-out-of-range");
        second.post(path, Map.of("decision", "approve", "reason", "欠租六个月")).expect(200);
        var lease = city.get("/v1/staff/leases/" + let.leaseId()).expect(200).json();
        assertThat(lease.path("state").asText()).isEqualTo("staying_on");
        assertThat(lease.path("endGround").asText()).isEqualTo("arrears");
        assertThat(lease.path("lastDay").asText())
                .isEqualTo(anju.clock().today().toString());
        // the rent is billed by days up to that day: 12 of this month's
        var days = month.lengthOfMonth();
        var last = Anju.await(anju.db().list("""
                        SELECT sum(amount_fen - credited_fen)::bigint AS fen
                          FROM rent.bill
                         WHERE lease_id = $1 AND charge = 'rent' AND from_date >= $2
                        """, row -> row.getLong("fen"), UUID.fromString(let.leaseId()), month));
        assertThat(last.get(0)).isEqualTo((150_200L * 12 * 2 + days) / (2L * days));
    }

    private static String open(JsonNode standing) {
        for (var one : standing.path("proposals")) {
            if (one.path("kind").asText().equals("lease-end")
                    && one.path("state").asText().equals("proposed")) {
                return one.path("proposalId").asText();
            }
        }
        throw new AssertionError("nobody proposes the end in " + standing.path("proposals"));
    }
}
