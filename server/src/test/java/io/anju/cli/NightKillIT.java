package io.anju.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.Domains;
import io.anju.platform.db.DbAddress;
import io.anju.testing.Anju;
import io.anju.testing.Desk;
import io.anju.testing.Letting;
import io.anju.testing.Payer;
import io.anju.testing.Tenancies;
import io.anju.testing.Tenancies.Tenant;
import io.anju.testing.TestDatabases;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A night with bills to issue, arrears to follow, a day to compare and an order nobody was told about. Its server is killed
 * in the middle of all four, and the next one ends the night as one that nobody disturbed.
 */
class NightKillIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** After this the work of a server that died is free for others. */
    private static final Duration LEASES_OVER = Duration.ofMinutes(2);

    private static final int LATE = 3;

    @Test
    void a_night_whose_server_is_killed_in_the_middle_of_every_job_ends_as_an_undisturbed_one() throws Exception {
        prepare();
        var address = anju.databaseAddress();
        var copy = TestDatabases.copyOf(address);
        Anju.await(anju.db().ready(LIMIT), 90);
        var before = NightBooks.of(address);
        assertThat(before).isEqualTo(NightBooks.of(copy));

        work(child("undisturbed", copy), copy);
        var undisturbed = NightBooks.of(copy);
        requireWork(before, undisturbed);

        try (var gate = NightGate.close(address)) {
            var dying = child("killed", address).serveAt(anju.clock().instant());
            try {
                gate.awaitAllJobs();
            } finally {
                dying.kill();
            }
            assertThat(NightBooks.of(address)).as("nothing is half done").isEqualTo(withBegun(before, address));
        }
        anju.clock().advance(LEASES_OVER);
        work(child("next", address), address);

        assertThat(NightBooks.of(address)).isEqualTo(undisturbed);
        assertThat(Anju.await(Domains.ledgerAudit().run(anju.db())).broken()).isEmpty();
        TestDatabases.drop(copy);
    }

    /** That a night and a comparison have begun is written before their work. */
    private static Map<String, List<String>> withBegun(Map<String, List<String>> before, DbAddress address)
            throws Exception {
        var begun = NightBooks.of(address);
        before.put("nights", begun.getOrDefault("nights", List.of()));
        before.put("compared days", begun.getOrDefault("compared days", List.of()));
        return before;
    }

    private static void requireWork(Map<String, List<String>> before, Map<String, List<String>> after) {
        for (var what : List.of("bills", "ledger", "steps", "orders", "compared days", "events")) {
            assertThat(after.get(what)).as(what).isNotEqualTo(before.get(what));
        }
        assertThat(after.get("steps")).hasSize(LATE);
    }

    private static ChildServer child(String name, DbAddress address) throws Exception {
        return new ChildServer(anju, name, anju.simulators().url(), address, "http://127.0.0.1:1");
    }

    private static void work(ChildServer child, DbAddress address) throws Exception {
        var server = child.serveAt(anju.clock().instant());
        var end = System.nanoTime() + LIMIT.toNanos();
        var today = anju.clock().today().toString();
        while (!NightBooks.areDone(address, today)) {
            assertThat(System.nanoTime()).as(server::logText).isLessThan(end);
            Thread.sleep(50);
        }
        server.stop();
    }

    /** Until noon of the night, with the orders of the day before in the channel's bill. */
    private static void prepare() {
        var guangzhou = new Tenancies(anju, Desk.of(anju, "city", "4401"));
        var leases = new ArrayList<UUID>();
        for (int i = 0; i < LATE; i++) {
            leases.add(let(guangzhou, Letting.GUANGZHOU, guangzhou.tenant()));
        }
        var payer = guangzhou.tenant();
        let(guangzhou, Letting.GUANGZHOU, payer);
        var due = firstDue(guangzhou, leases.get(0));

        anju.clock().set(due, LocalTime.NOON);
        again(Letting.GUANGZHOU).payAll(again(payer));

        anju.clock().set(due.plusDays(1), LocalTime.NOON);
        var qingdao = again(Letting.QINGDAO);
        let(qingdao, Letting.QINGDAO, qingdao.tenant());
        let(qingdao, Letting.QINGDAO, qingdao.tenant());
        Desk.of(anju, "city", Letting.QINGDAO.area())
                .post(
                        "/v1/staff/bill-runs",
                        Map.of(
                                "programme",
                                Letting.QINGDAO.programme(),
                                "month",
                                YearMonth.from(due).toString()))
                .expect(202);
        // the deposit of this day: what is not overdue is no business of the arrears
        var xiamen = again(Letting.XIAMEN);
        var forgotten = xiamen.tenant();
        let(xiamen, Letting.XIAMEN, forgotten);
        payInWeChatOnly(forgotten);
        anju.clock().advance(Duration.ofMinutes(2));
    }

    private static UUID let(Tenancies tenancies, Letting letting, Tenant tenant) {
        var today = anju.clock().today();
        var order = tenancies.order(
                letting,
                tenancies.home(letting.home()),
                tenant,
                today,
                today.plusYears(2).minusDays(1));
        var lease = tenancies.let(order);
        tenancies.handOver(lease, today);
        return UUID.fromString(lease);
    }

    private static LocalDate firstDue(Tenancies tenancies, UUID lease) {
        for (var month = YearMonth.from(anju.clock().today()); ; month = month.plusMonths(1)) {
            tenancies.bill(Letting.GUANGZHOU.programme(), month);
            var due = Anju.await(anju.db()
                    .list(
                            "SELECT due_on FROM rent.bill WHERE lease_id = $1 AND charge = 'rent' ORDER BY due_on",
                            row -> row.getLocalDate("due_on"),
                            lease));
            if (!due.isEmpty()) {
                return due.get(0);
            }
        }
    }

    /** Staff and residents log in anew: tokens last ten minutes. */
    private static Tenancies again(Letting letting) {
        return new Tenancies(anju, Desk.of(anju, "city", letting.area()));
    }

    private static Tenant again(Tenant tenant) {
        return new Tenant(tenant.fullName(), tenant.nationalId(), anju.people().again(tenant.nationalId()));
    }

    /** Paid, and the notice of it is lost. */
    private static void payInWeChatOnly(Tenant tenant) {
        var bills = new ArrayList<String>();
        anju.http()
                .get("/v1/me/bills?open=true", tenant.token())
                .expect(200)
                .json()
                .path("items")
                .forEach(bill -> bills.add(bill.path("billId").asText()));
        var order = anju.http()
                .post("/v1/payments", tenant.token(), Map.of("billIds", bills))
                .expect(201)
                .json();
        Payer.control(anju, "payments", order.path("requestPayment")).expect(200);
    }
}
