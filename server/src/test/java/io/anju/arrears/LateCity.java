package io.anju.arrears;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.anju.ledger.AccountKey;
import io.anju.ledger.AccountKind;
import io.anju.ledger.Entry;
import io.anju.ledger.LedgerService;
import io.anju.ledger.NewPosting;
import io.anju.ledger.PostingKind;
import io.anju.payment.PaidOrder;
import io.anju.testing.Anju;
import io.anju.testing.Desk;
import io.anju.testing.People;
import io.anju.testing.Tenancies;
import io.anju.testing.Tenancies.Home;
import io.anju.testing.Tenancies.Tenant;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;

/** Households of Guangzhou that fall behind with their rent, for tests that let days pass. */
abstract class LateCity {
    /** Each class has its own. */
    abstract Anju server();

    private static final AtomicInteger COUNT = new AtomicInteger(500);
    private static final LedgerService LEDGER = new LedgerService();

    @SuppressWarnings("NullAway.Init")
    Desk city;

    @BeforeEach
    void logIn() {
        city = Desk.of(server(), "city", area());
    }

    /** @param from the day on which the first rent is due */
    record Let(Tenant tenant, String openId, String leaseId, LocalDate from) {}

    String programme() {
        return "public-rental";
    }

    String area() {
        return "4401";
    }

    /** Of 50 ㎡ at 19.99 yuan this income pays 40 %: 399.80 yuan a month. */
    Home home() {
        return new Home("越秀苑", "50.00", "19.99", "43.21", "2026-01-01", "");
    }

    long incomeFen() {
        return 180_000;
    }

    /** The lease begins on the clock's day. */
    Let let() {
        var tenancies = new Tenancies(server(), city);
        var openId = "o" + UUID.randomUUID();
        var tenant = tenant(openId);
        var from = server().clock().today();
        var home = tenancies.home(home());
        var order = tenancies.order(
                programme(),
                home,
                tenant,
                Tenancies.single(area() + "00", incomeFen()),
                from,
                from.plusYears(2).minusDays(1));
        var lease = tenancies.sign(order).expect(201).json();
        tenancies.handOver(lease.path("leaseId").asText(), from);
        var leaseId = lease.path("leaseId").asText();
        return new Let(tenant, openId, leaseId, firstDue(leaseId));
    }

    /** A working day, so not always the lease's first one, and sometimes of the next month. */
    private LocalDate firstDue(String leaseId) {
        for (var month = server().clock().today(); ; month = month.plusMonths(1)) {
            bill(month.toString().substring(0, 7));
            var found = Anju.await(server().db()
                    .list(
                            "SELECT due_on FROM rent.bill WHERE lease_id = $1 AND charge = 'rent' ORDER BY due_on",
                            row -> row.getLocalDate("due_on"),
                            UUID.fromString(leaseId)));
            if (!found.isEmpty()) {
                return found.get(0);
            }
        }
    }

    /** Somebody who can log in again when days have passed. */
    private Tenant tenant(String openId) {
        var nationalId = People.nationalId(LocalDate.of(1971, 5, 5), COUNT.incrementAndGet());
        var token = server().people().logIn(openId);
        server().http()
                .post("/v1/me/identity", token, Map.of("realName", "欠租人", "nationalId", nationalId))
                .expect(201);
        return new Tenant("欠租人", nationalId, token);
    }

    void bill(String month) {
        city.post("/v1/staff/bill-runs", Map.of("programme", programme(), "month", month, "dryRun", false))
                .expect(202);
        server().runJobs();
    }

    /** Noon of a day, the staff logged in anew. */
    void go(LocalDate day) {
        server().clock().set(day, LocalTime.NOON);
        server().runJobs();
        city = Desk.of(server(), "city", area());
    }

    void goThrough(LocalDate from, LocalDate to) {
        for (var day = from; !day.isAfter(to); day = day.plusDays(1)) {
            server().clock().set(day, LocalTime.NOON);
            server().runJobs();
        }
        city = Desk.of(server(), "city", area());
    }

    JsonNode mine(Let let) {
        return server().http()
                .get(
                        "/v1/me/leases/" + let.leaseId() + "/arrears",
                        server().people().logIn(let.openId()))
                .expect(200)
                .json();
    }

    JsonNode line(Let let) {
        var page = city.get("/v1/staff/arrears-cases?limit=100").expect(200).json();
        for (var one : page.path("items")) {
            if (one.path("leaseId").asText().equals(let.leaseId())) {
                return one;
            }
        }
        throw new AssertionError("no case of " + let.leaseId());
    }

    JsonNode open(Let let) {
        return city.get("/v1/staff/arrears-cases/" + line(let).path("caseId").asText())
                .expect(200)
                .json();
    }

    static List<String> actions(JsonNode standing) {
        var actions = new ArrayList<String>();
        standing.path("steps")
                .forEach(step -> actions.add(0, step.path("action").asText()));
        return actions;
    }

    /** As payment does when a channel says that money came for everything that is due. */
    void pay(Let let, long fen) {
        Anju.await(paying(let, fen));
    }

    Future<?> paying(Let let, long fen) {
        var now = server().clock().instant();
        var leaseId = UUID.fromString(let.leaseId());
        var bills = Anju.await(server().db()
                .list(
                        "SELECT bill_id FROM rent.bill WHERE lease_id = $1 AND charge = 'rent' ORDER BY bill_id",
                        row -> row.getUUID("bill_id"),
                        leaseId));
        var id = UUID.randomUUID();
        var order = new PaidOrder(id, "T" + id, id, area() + "00", leaseId, bills, fen, now);
        return server().db()
                .inTransaction(tx -> server().domains()
                        .tenancies
                        .payables
                        .settle(tx, order, now)
                        .compose(credits -> {
                            var entries = new ArrayList<Entry>(credits);
                            var sum =
                                    credits.stream().mapToLong(Entry::amountFen).sum();
                            entries.add(new Entry(new AccountKey(area() + "00", AccountKind.CLEARING, "wechat"), -sum));
                            var about = JsonNodeFactory.instance.objectNode();
                            var posting = new NewPosting(
                                    area() + "00",
                                    "test-payment:" + id,
                                    PostingKind.ADJUSTMENT,
                                    server().clock().today(),
                                    about,
                                    entries);
                            return LEDGER.post(tx, posting, now);
                        }));
    }
}
