package io.anju.rent;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import io.anju.testing.Desk;
import io.anju.testing.EventPage;
import io.anju.testing.Letting;
import io.anju.testing.Tenancies;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Everything that can happen to a lease and its bills in Xiamen is told as the page about events says. */
class LeaseEventsIT extends RentCity {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final Set<String> ROOMS = Set.of("lease", "rent", "homes");
    private static final String PROGRAMME = Letting.XIAMEN.programme();

    LeaseEventsIT() {
        super(anju, Letting.XIAMEN);
    }

    private Let let(LocalDate to) {
        return let(DAY, to);
    }

    @Test
    void each_thing_that_happens_is_told_once_it_is_true() throws Exception {
        var declared = EventPage.declared(ROOMS);
        assertThat(declared.keySet())
                .containsAll(
                        Arrays.stream(RentEvent.values()).map(RentEvent::topic).toList());
        lives_through_everything();
        var told = EventPage.told(anju, ROOMS);
        assertThat(told)
                .allSatisfy(one -> assertThat(declared.get(one.topic()))
                        .as("fields of " + one.topic())
                        .isEqualTo(one.fields()));
        var topics = told.stream().map(EventPage.Told::topic).collect(Collectors.toSet());
        assertThat(topics).isEqualTo(declared.keySet());
    }

    private void lives_through_everything() throws SQLException {
        var leaving = let(LocalDate.of(2028, 3, 3));
        var renewed = let(LocalDate.of(2026, 7, 3));
        var moving = let(LocalDate.of(2028, 3, 3));
        withdraws_before_the_keys();
        renewed.pays(null, renewed.deposit());
        is_renewed(renewed);
        leaving.act("move-in", Map.of("movedInOn", DAY.toString())).expect(200);
        leaving.act("filing", Map.of("filingNumber", "XM-BA-1", "filedOn", DAY.toString()))
                .expect(200);
        changes_tenant_and_rent(moving);
        run("2026-04");
        corrects_and_gives_up(moving);
        pays_and_gets_back(leaving);
        adjusts();
        fails();
        leaves(leaving);
        // the renewed lease ends into the one that follows
        go(LocalDate.of(2026, 7, 5));
    }

    private void withdraws_before_the_keys() {
        var tenancies = new Tenancies(anju, city());
        var home = tenancies.home(Letting.XIAMEN.home());
        var id =
                tenancies.let(tenancies.order(Letting.XIAMEN, home, tenancies.tenant(), DAY, LocalDate.of(2027, 3, 3)));
        tenancies.act(id, "withdrawal", Map.of("reason", "放弃入住")).expect(200);
    }

    private void changes_tenant_and_rent(Let let) {
        let.passTo(new Tenancies(anju, city()).tenant(), "2026-03-20", "继承");
        let.act(
                        "rent-changes",
                        Map.of(
                                "from",
                                "2026-04-16",
                                "household",
                                Tenancies.single("350200", 100_000),
                                "reason",
                                "收入变化"))
                .expect(200);
    }

    private void corrects_and_gives_up(Let let) {
        var bill = "/v1/staff/bills/" + let.rents().get(0).path("billId").asText();
        city().post(bill + "/credit-notes", Map.of("amountFen", 100, "reason", "停水减免"))
                .expect(200);
        for (var decision : List.of("refuse", "approve")) {
            var proposed = city().post(bill + "/write-offs", Map.of("amountFen", 100, "reason", "无遗产"))
                    .expect(201)
                    .json();
            var id = proposed.path("writeOffId").asText();
            var waiting = city().get("/v1/staff/write-offs?state=proposed&limit=100")
                    .expect(200)
                    .json();
            assertThat(waiting.path("items").findValuesAsText("writeOffId")).contains(id);
            Desk.of(anju, "city", Letting.XIAMEN.area())
                    .post("/v1/staff/write-offs/" + id + "/decision", Map.of("decision", decision, "reason", "已核实"))
                    .expect(200);
        }
    }

    /** What was paid above the debt pays the next bill; what goes back takes the subsidy with it. */
    private void pays_and_gets_back(Let let) {
        var april = let.rents().get(0);
        var paid = let.pays(april.path("dueFen").asLong() + 500, april);
        assertThat(let.bill(april).path("subsidyState").asText()).isEqualTo("granted");
        let.getsBack(april.path("dueFen").asLong(), paid);
        var deposit = let.deposit();
        let.pays(deposit.path("dueFen").asLong() + 700, deposit);
        run("2026-05");
    }

    private void adjusts() {
        city().post(
                        "/v1/staff/rent-adjustments",
                        Map.of("programme", PROGRAMME, "from", "2026-06-01", "reason", "年度调整", "dryRun", true))
                .expect(202);
        anju.runJobs();
    }

    /** Work that never gets through is given up, and that is told too. */
    private void fails() throws SQLException {
        asOwner("ALTER TABLE rent.account ADD CONSTRAINT never CHECK (billed_to < '2026-06-01') NOT VALID");
        asOwner("ALTER TABLE rent.adjustment ADD CONSTRAINT never CHECK (leases_done = 0) NOT VALID");
        city().post("/v1/staff/bill-runs", Map.of("programme", PROGRAMME, "month", "2026-07"))
                .expect(202);
        city().post(
                        "/v1/staff/rent-adjustments",
                        Map.of("programme", PROGRAMME, "from", "2026-06-01", "reason", "年度调整"))
                .expect(202);
        for (var i = 0; i < 8; i++) {
            anju.runJobs();
            anju.clock().advance(Duration.ofHours(1));
        }
        asOwner("ALTER TABLE rent.account DROP CONSTRAINT never");
        asOwner("ALTER TABLE rent.adjustment DROP CONSTRAINT never");
        logIn();
    }

    private static void asOwner(String statement) throws SQLException {
        var address = anju.databaseAddress();
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private void leaves(Let let) {
        let.logsInAgain();
        let.asks("termination-request", Map.of("lastDay", "2026-05-20")).expect(200);
        let.asks("termination-request/withdrawal", null).expect(200);
        let.asks("termination-request", Map.of("lastDay", "2026-05-20")).expect(200);
        let.act("termination-decision", Map.of("decision", "approve", "reason", "已预约查房"))
                .expect(200);
        go(LocalDate.of(2026, 5, 25));
        let.act("home-return", Map.of("returnedOn", "2026-05-24")).expect(200);
    }

    private void is_renewed(Let let) {
        let.asks("renewal-request", null).expect(200);
        let.act("renewal-decision", Map.of("decision", "approve", "to", "2028-07-03", "reason", "复核合格"))
                .expect(200);
    }
}
