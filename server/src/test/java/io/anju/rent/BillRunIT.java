package io.anju.rent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.testing.Anju;
import io.anju.testing.Letting;
import io.anju.testing.Tenancies;
import io.anju.testing.Tenancies.Home;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs of Guangzhou that bill two leases at a time: what they issue, leave out, and do when they are cut off. */
class BillRunIT extends RentCity {
    @RegisterExtension
    static final Anju anju = Anju.server().with("ANJU_BILL_RUN_LEASES", "2");

    private static final String PROGRAMME = Letting.GUANGZHOU.programme();
    private static final LocalDate TO = LocalDate.of(2029, 3, 3);

    BillRunIT() {
        super(anju, Letting.GUANGZHOU);
    }

    @AfterEach
    void set_the_clock_back() {
        anju.clock().set(Anju.START);
    }

    /** 399.80 yuan a month. */
    private Let let(LocalDate from) {
        return let(from, TO);
    }

    /** As the database's owner, for what no server may do. */
    private static void asOwner(String statement) throws SQLException {
        var address = anju.databaseAddress();
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private static List<Object> totals(JsonNode run) {
        return List.of(
                run.path("leasesDone").asInt(),
                run.path("bills").asInt(),
                run.path("amountFen").asLong(),
                run.path("exceptions").asInt());
    }

    @Test
    void a_run_that_is_killed_between_two_chunks_goes_on_behind_the_last_one() throws SQLException {
        var lets = IntStream.range(0, 5).mapToObj(i -> let(DAY)).toList();
        var dry = run("2026-03", true);
        assertThat(lets).allSatisfy(let -> assertThat(let.rents()).isEmpty());
        assertThat(dry.path("leases").asInt()).isGreaterThanOrEqualTo(5);

        var body = Map.of("programme", PROGRAMME, "month", "2026-03", "dryRun", false);
        var asked = city().post("/v1/staff/bill-runs", body).expect(202).json();
        // whatever bills a fifth lease dies: the chunks before are written, this one is not
        asOwner("""
                CREATE FUNCTION rent.cut_off() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN IF NEW.leases_done > 4 THEN RAISE EXCEPTION 'cut off'; END IF; RETURN NEW; END $$
                """);
        asOwner("CREATE TRIGGER cut_off BEFORE UPDATE ON rent.run FOR EACH ROW EXECUTE FUNCTION rent.cut_off()");
        anju.runJobs();
        var halted = runOf(asked);
        assertThat(halted.path("state").asText()).isEqualTo("running");
        assertThat(halted.path("leasesDone").asInt()).isEqualTo(4);
        assertThat(halted.path("bills").asInt()).isEqualTo(4);
        the_bills_say_what_the_ledger_says();

        asOwner("DROP TRIGGER cut_off ON rent.run");
        asOwner("DROP FUNCTION rent.cut_off()");
        anju.clock().advance(Duration.ofHours(1));
        anju.runJobs();
        logIn();
        var done = runOf(asked);
        assertThat(done.path("state").asText()).isEqualTo("done");
        assertThat(totals(done)).isEqualTo(totals(dry));
        assertThat(lets)
                .allSatisfy(let -> assertThat(let.rents())
                        .singleElement()
                        .satisfies(bill ->
                                assertThat(bill.path("amountFen").asLong()).isEqualTo(36_111)));
        assertThat(totals(run("2026-03"))).as("repeated").isEqualTo(List.of(0, 0, 0L, 0));
        assertThat(totals(run("2026-03", true))).as("tried again").isEqualTo(List.of(0, 0, 0L, 0));
        assertThat(lets).allSatisfy(let -> assertThat(let.rents()).hasSize(1));
    }

    @Test
    void leap_years_count_their_day() {
        var let = let(LocalDate.of(2026, 3, 4));
        anju.clock().set(LocalDate.of(2028, 2, 14).atTime(2, 0).toInstant(ZoneOffset.UTC));
        logIn();
        run("2028-03");
        var february = let.rents().stream()
                .filter(bill -> bill.path("from").asText().equals("2028-02-01"))
                .findFirst()
                .orElseThrow();
        assertThat(february.path("to").asText()).isEqualTo("2028-02-29");
        assertThat(february.path("amountFen").asLong()).isEqualTo(39_980);
        let.act("termination", Map.of("lastDay", "2028-02-14", "ground", "own-wish", "reason", "搬离"))
                .expect(200);
        // 14 of the 29 days: 399.80 × 14 ÷ 29 = 193.006…
        assertThat(net(List.of(let.bill(february)))).isEqualTo(19_301);
    }

    @Test
    void missing_yearly_figures_leave_a_lease_out_until_they_are_known() {
        var home = new Home("短标准苑", "50.00", "20.00", "", "2026-01-01", "2026-04-15");
        var let = let(home, 180_000, DAY, TO);
        var dry = run("2026-05", true);
        var done = run("2026-05");
        assertThat(totals(done)).isEqualTo(totals(dry));
        // March is billed, April is not known to its end, and nothing behind it is guessed
        assertThat(let.rents()).extracting(bill -> bill.path("from").asText()).containsExactly("2026-03-04");
        assertThat(leftOut(done)).contains(let.leaseId());
        assertThat(leftOut(run("2026-05"))).as("named each time").contains(let.leaseId());
        var estate = new Home("短标准苑", "50.00", "22.00", "", "2026-04-16", "");
        new Tenancies(anju, city()).home(estate);
        adjust("短标准苑", "2026-04-16");
        assertThat(leftOut(run("2026-05"))).doesNotContain(let.leaseId());
        // 50 ㎡ at 20 yuan are 400.00 yuan at 40 %, at 22 yuan 440.00: 15 days of each in April
        assertThat(let.rents())
                .extracting(bill -> bill.path("amountFen").asLong())
                .containsExactly(44_000L, 20_000L + 22_000L, 36_129L);
    }

    private List<String> leftOut(JsonNode run) {
        var page = city().get("/v1/staff/bill-runs/" + run.path("runId").asText() + "/exceptions?limit=100")
                .expect(200)
                .json();
        return page.path("items").findValuesAsText("leaseId");
    }

    private void adjust(String estate, String from) {
        city().post(
                        "/v1/staff/rent-adjustments",
                        Map.of("programme", PROGRAMME, "estateName", estate, "from", from, "reason", "新年度标准"))
                .expect(202);
        anju.runJobs();
    }

    @Test
    void a_programme_that_the_city_never_had_is_named_and_nothing_runs() {
        var asked = Map.<String, Object>of("programme", "public-rentel", "month", "2026-04");
        var refused = city().post("/v1/staff/bill-runs", asked)
                .expect(422, "programme-unknown")
                .json();
        assertThat(refused.at("/errors/0/pointer").asText()).isEqualTo("/programme");
        var adjustment =
                Map.<String, Object>of("programme", "public-rentel", "from", DAY.toString(), "reason", "新年度标准");
        city().post("/v1/staff/rent-adjustments", adjustment).expect(422, "programme-unknown");
    }

    @Test
    void runs_are_listed_the_newest_first_and_two_at_once_are_one() {
        let(DAY);
        var first = run("2026-03", true);
        var second = run("2026-03");
        var listed = city().get("/v1/staff/bill-runs?limit=100").expect(200).json();
        var ids = listed.path("items").findValuesAsText("runId");
        assertThat(ids)
                .contains(first.path("runId").asText(), second.path("runId").asText());
        city().post("/v1/staff/bill-runs", Map.of("programme", PROGRAMME, "month", "2026-04"))
                .expect(202);
        city().post("/v1/staff/bill-runs", Map.of("programme", PROGRAMME, "month", "2026-04"))
                .expect(409, "bill-run-running");
        anju.runJobs();
    }

    @Test
    void a_home_at_the_limits_is_billed_to_the_fen_and_one_that_costs_nothing_is_not_billed() {
        // 1000 ㎡ at 10 000 yuan: ten million yuan a month, of which this income pays 60 %
        var dear = let(new Home("天价苑", "1000.00", "10000.00", "", "2026-01-01", ""), 280_000, DAY, TO);
        var free = let(new Home("零租苑", "50.00", "0", "", "2026-01-01", ""), 180_000, DAY, TO);
        run("2026-04");
        var april = dear.rents().get(0).path("amountFen").asLong();
        assertThat(april)
                .isEqualTo(dear.lease().path("monthlyRentFen").asLong())
                .isEqualTo(600_000_000L);
        assertThat(dear.rents().get(1).path("amountFen").asLong()).isEqualTo((600_000_000L * 28 * 2 + 31) / 62);
        assertThat(free.bills()).isEmpty();
        var credit = "/v1/staff/bills/" + dear.rents().get(0).path("billId").asText() + "/credit-notes";
        city().post(credit, Map.of("amountFen", Long.MAX_VALUE, "reason", "减免")).expect(400);
        city().post(credit, Map.of("amountFen", 0, "reason", "减免")).expect(400);
        city().post(credit, Map.of("amountFen", -1, "reason", "减免")).expect(400);
        city().post(credit, Map.of("amountFen", april + 1, "reason", "减免")).expect(409, "credited-already");
        city().post(credit, Map.of("amountFen", april, "reason", "减免")).expect(200);
        city().post(credit, Map.of("amountFen", 1, "reason", "减免")).expect(409, "credited-already");
    }
}
