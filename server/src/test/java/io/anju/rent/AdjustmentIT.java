package io.anju.rent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.testing.Anju;
import io.anju.testing.Desk;
import io.anju.testing.Letting;
import io.anju.testing.Tenancies;
import io.anju.testing.Tenancies.Home;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rents of many leases, worked out again from a day on. */
class AdjustmentIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final String PROGRAMME = "affordable-rental";

    @SuppressWarnings("NullAway.Init")
    private static Desk city;

    @SuppressWarnings("NullAway.Init")
    private static Tenancies tenancies;

    @BeforeAll
    static void logIn() {
        city = Desk.of(anju, "city", "3702");
        tenancies = new Tenancies(anju, city);
    }

    /** 50 ㎡ at 12 yuan: 600 yuan. */
    private static String let(String estate) {
        var today = anju.clock().today();
        var id = tenancies.let(Letting.QINGDAO.in(estate), tenancies.tenant());
        tenancies.handOver(id, today);
        return id;
    }

    private static LocalDate nextMonth() {
        return anju.clock().today().plusMonths(1).withDayOfMonth(1);
    }

    /** The estate costs something else from the first of the next month on. */
    private static void dearer(String estate, String yuan) {
        var row = Tenancies.row(
                new Home(estate, "50.00", yuan, "30.00", nextMonth().toString(), ""), "D" + estate);
        tenancies.importHomes(List.of(row)).expect(201);
    }

    private static JsonNode adjust(String estate, boolean dryRun) {
        var order = new HashMap<String, Object>(
                Map.of("programme", PROGRAMME, "from", nextMonth().toString(), "reason", "年度租金标准", "dryRun", dryRun));
        order.put("estateName", estate);
        var asked = city.post("/v1/staff/rent-adjustments", order).expect(202).json();
        city.post("/v1/staff/rent-adjustments", order).expect(409, "adjustment-running");
        anju.runJobs();
        var done = city.get("/v1/staff/rent-adjustments/"
                        + asked.path("adjustmentId").asText())
                .expect(200)
                .json();
        assertThat(done.path("state").asText()).isEqualTo("done");
        return done;
    }

    private static JsonNode lease(String id) {
        return city.get("/v1/staff/leases/" + id).expect(200).json();
    }

    private static List<JsonNode> billsFrom(String leaseId, LocalDate from) {
        var page =
                city.get("/v1/staff/leases/" + leaseId + "/bills").expect(200).json();
        return page.path("items").findParents("billId").stream()
                .filter(bill -> bill.path("charge").asText().equals("rent")
                        && bill.path("from").asText().equals(from.toString()))
                .toList();
    }

    @Test
    void a_dry_run_says_what_would_change_and_changes_nothing() {
        var id = let("调租苑");
        let("调租苑");
        dearer("调租苑", "13.00");
        var tried = adjust("调租苑", true);
        assertThat(tried.path("leases").asInt()).isEqualTo(2);
        assertThat(tried.path("changed").asInt()).isEqualTo(2);
        assertThat(tried.path("rentBeforeFen").asLong()).isEqualTo(120_000);
        assertThat(tried.path("rentAfterFen").asLong()).isEqualTo(130_000);
        assertThat(lease(id).path("terms")).hasSize(1);
        assertThat(lease(id).path("version").asInt()).isEqualTo(2);
    }

    @Test
    void the_new_rent_holds_from_its_day_on_and_what_was_billed_is_corrected() {
        var id = let("丁香园");
        tenancies.bill(PROGRAMME, YearMonth.from(nextMonth()));
        var other = let("紫荆园");
        dearer("丁香园", "13.00");
        var done = adjust("丁香园", false);
        assertThat(done.path("changed").asInt()).isEqualTo(1);
        assertThat(lease(id).path("monthlyRentFen").asLong()).isEqualTo(65_000);
        assertThat(lease(other).path("monthlyRentFen").asLong()).isEqualTo(60_000);
        assertThat(billsFrom(id, nextMonth()))
                .extracting(bill -> bill.path("amountFen").asLong())
                .containsExactlyInAnyOrder(60_000L, 5_000L);

        var again = adjust("丁香园", false);
        assertThat(again.path("changed").asInt()).isZero();
        assertThat(lease(id).path("terms")).hasSize(2);
        tenancies.bill(PROGRAMME, YearMonth.from(nextMonth().plusMonths(1)));
        assertThat(billsFrom(id, nextMonth().plusMonths(1)))
                .extracting(bill -> bill.path("amountFen").asLong())
                .containsExactly(65_000L);
    }

    @Test
    void a_lease_with_terms_of_a_later_day_is_left_out_and_named() {
        var id = let("合欢园");
        dearer("合欢园", "13.00");
        var change = Map.of("from", nextMonth().plusMonths(2).toString(), "reason", "复核");
        city.post("/v1/staff/leases/" + id + "/rent-changes", change).expect(200);
        var done = adjust("合欢园", false);
        assertThat(done.path("exceptions").asInt()).isEqualTo(1);
        var left = city.get("/v1/staff/rent-adjustments/"
                        + done.path("adjustmentId").asText() + "/exceptions")
                .expect(200)
                .json();
        assertThat(left.at("/items/0/leaseId").asText()).isEqualTo(id);
        assertThat(left.at("/items/0/code").asText()).isEqualTo("later-terms");
        assertThat(lease(id).path("terms")).hasSize(2);
    }

    @Test
    void a_rate_that_holds_already_is_never_said_otherwise() {
        let("木棉园");
        var today = anju.clock().today();
        var backdated = Tenancies.row(new Home("木棉园", "50.00", "13.00", "30.00", today.toString(), ""), "X");
        tenancies.importHomes(List.of(backdated)).expect(422, "rate-differs");
        var changed = Anju.await(anju.db()
                .execute("UPDATE lease.estate_rate SET days = daterange('2020-01-01', NULL)")
                .transform(done -> Future.succeededFuture(done.failed())));
        assertThat(changed).as("the database lets nobody move a rate").isTrue();
    }
}
