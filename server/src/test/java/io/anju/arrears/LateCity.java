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
import org.junit.jupiter.api.extension.RegisterExtension;

/** Households of Guangzhou that fall behind with their rent, for tests that let days pass. */
abstract class LateCity {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final String PROGRAMME = "public-rental";
    private static final AtomicInteger COUNT = new AtomicInteger(500);
    private static final LedgerService LEDGER = new LedgerService();

    @SuppressWarnings("NullAway.Init")
    Desk city;

    @BeforeEach
    void logIn() {
        city = Desk.of(anju, "city", "4401");
    }

    record Let(Tenant tenant, String openId, String leaseId, LocalDate from) {}

    /** 399.80 yuan a month: 40 % of 999.50. The lease begins on the clock's day. */
    Let let() {
        var tenancies = new Tenancies(anju, city);
        var openId = "o" + UUID.randomUUID();
        var tenant = tenant(openId);
        var from = anju.clock().today();
        var home = tenancies.home(new Home("越秀苑", "50.00", "19.99", "43.21", "2026-01-01", ""));
        var order = tenancies.order(
                PROGRAMME,
                home,
                tenant,
                Tenancies.single("440100", 180_000),
                from,
                from.plusYears(2).minusDays(1));
        var lease = tenancies.sign(order).expect(201).json();
        tenancies.handOver(lease.path("leaseId").asText(), from);
        bill(from.toString().substring(0, 7));
        return new Let(tenant, openId, lease.path("leaseId").asText(), from);
    }

    /** Somebody who can log in again when days have passed. */
    private static Tenant tenant(String openId) {
        var nationalId = People.nationalId(LocalDate.of(1971, 5, 5), COUNT.incrementAndGet());
        var token = logIn(openId);
        anju.http()
                .post("/v1/me/identity", token, Map.of("realName", "欠租人", "nationalId", nationalId))
                .expect(201);
        return new Tenant("欠租人", nationalId, token);
    }

    static String logIn(String openId) {
        return anju.http()
                .post("/v1/sessions/wechat", null, Map.of("code", anju.people().weChatCode(openId)))
                .expect(201)
                .json()
                .path("accessToken")
                .asText();
    }

    void bill(String month) {
        city.post("/v1/staff/bill-runs", Map.of("programme", PROGRAMME, "month", month, "dryRun", false))
                .expect(202);
        anju.runJobs();
    }

    /** Noon of a day, the staff logged in anew. */
    void go(LocalDate day) {
        anju.clock().set(day, LocalTime.NOON);
        anju.runJobs();
        city = Desk.of(anju, "city", "4401");
    }

    void goThrough(LocalDate from, LocalDate to) {
        for (var day = from; !day.isAfter(to); day = day.plusDays(1)) {
            anju.clock().set(day, LocalTime.NOON);
            anju.runJobs();
        }
        city = Desk.of(anju, "city", "4401");
    }

    JsonNode mine(Let let) {
        return anju.http()
                .get("/v1/me/leases/" + let.leaseId() + "/arrears", logIn(let.openId()))
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
        var now = anju.clock().instant();
        var leaseId = UUID.fromString(let.leaseId());
        var bills = Anju.await(anju.db()
                .list(
                        "SELECT bill_id FROM rent.bill WHERE lease_id = $1 AND charge <> 'deposit' ORDER BY bill_id",
                        row -> row.getUUID("bill_id"),
                        leaseId));
        var id = UUID.randomUUID();
        var order = new PaidOrder(id, "T" + id, id, "440100", leaseId, bills, fen, now);
        return anju.db()
                .inTransaction(tx -> anju.domains()
                        .tenancies
                        .payables
                        .settle(tx, order, now)
                        .compose(credits -> {
                            var entries = new ArrayList<Entry>(credits);
                            var sum =
                                    credits.stream().mapToLong(Entry::amountFen).sum();
                            entries.add(new Entry(new AccountKey("440100", AccountKind.CLEARING, "wechat"), -sum));
                            var about = JsonNodeFactory.instance.objectNode();
                            var posting = new NewPosting(
                                    "440100",
                                    "test-payment:" + id,
                                    PostingKind.ADJUSTMENT,
                                    anju.clock().today(),
                                    about,
                                    entries);
                            return LEDGER.post(tx, posting, now);
                        }));
    }
}
