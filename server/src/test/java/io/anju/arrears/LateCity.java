package io.anju.arrears;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.anju.testing.EventPage;
import io.anju.testing.Letting;
import io.anju.testing.Tenancies;
import io.anju.testing.Tenancies.Tenant;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Households that fall behind with their rent, for tests that let days pass. */
abstract class LateCity {
    private static final LedgerService LEDGER = new LedgerService();

    private final Anju server;
    private final Letting letting;

    @SuppressWarnings("NullAway.Init")
    Desk city;

    /** @param server each class has its own */
    LateCity(Anju server, Letting letting) {
        this.server = server;
        this.letting = letting;
    }

    @BeforeEach
    void logIn() {
        city = Desk.of(server, "city", letting.area());
    }

    /** Whatever each test lets happen is told as the page about events says. */
    @AfterEach
    void requireDeclaredEvents() {
        var rooms = Set.of("arrears");
        var declared = EventPage.declared(rooms);
        assertThat(EventPage.told(server, rooms))
                .allSatisfy(told -> assertThat(told.fields())
                        .as("fields of " + told.topic())
                        .isEqualTo(declared.get(told.topic())));
    }

    /** @param from the day on which the first rent is due */
    record Let(Tenant tenant, String leaseId, LocalDate from) {}

    /** The lease begins on the clock's day; these sign it too. */
    Let let(Tenant... coTenants) {
        var tenancies = new Tenancies(server, city);
        var tenant = tenancies.tenant();
        var from = server.clock().today();
        var home = tenancies.home(letting.home());
        var to = from.plusYears(2).minusDays(1);
        var order = tenancies.order(letting, home, tenant, from, to);
        if (coTenants.length > 0) {
            order.put("coTenants", Arrays.stream(coTenants).map(Tenant::person).toList());
        }
        var leaseId = tenancies.let(order);
        tenancies.handOver(leaseId, from);
        return new Let(tenant, leaseId, firstDue(leaseId));
    }

    /** A working day, so not always the lease's first one, and sometimes of the next month. */
    private LocalDate firstDue(String leaseId) {
        for (var month = server.clock().today(); ; month = month.plusMonths(1)) {
            bill(month.toString().substring(0, 7));
            var found = Anju.await(server.db()
                    .list(
                            "SELECT due_on FROM rent.bill WHERE lease_id = $1 AND charge = 'rent' ORDER BY due_on",
                            row -> row.getLocalDate("due_on"),
                            UUID.fromString(leaseId)));
            if (!found.isEmpty()) {
                return found.get(0);
            }
        }
    }

    /** The tenant's new token: they last ten minutes. */
    String token(Let let) {
        return server.people().again(let.tenant().nationalId());
    }

    void bill(String month) {
        city.post("/v1/staff/bill-runs", Map.of("programme", letting.programme(), "month", month, "dryRun", false))
                .expect(202);
        server.runJobs();
    }

    /** Noon of a day, the staff logged in anew. */
    void go(LocalDate day) {
        server.clock().set(day, LocalTime.NOON);
        server.runJobs();
        city = Desk.of(server, "city", letting.area());
    }

    void goThrough(LocalDate from, LocalDate to) {
        for (var day = from; !day.isAfter(to); day = day.plusDays(1)) {
            server.clock().set(day, LocalTime.NOON);
            server.runJobs();
        }
        city = Desk.of(server, "city", letting.area());
    }

    JsonNode mine(Let let) {
        return server.http()
                .get("/v1/me/leases/" + let.leaseId() + "/arrears", token(let))
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
        var now = server.clock().instant();
        var leaseId = UUID.fromString(let.leaseId());
        var bills = Anju.await(server.db()
                .list(
                        "SELECT bill_id FROM rent.bill WHERE lease_id = $1 AND charge = 'rent' ORDER BY bill_id",
                        row -> row.getUUID("bill_id"),
                        leaseId));
        var id = UUID.randomUUID();
        var order = new PaidOrder(id, "T" + id, id, letting.cityCode(), leaseId, bills, fen, now);
        return server.db()
                .inTransaction(tx -> server.domains()
                        .tenancies
                        .payables
                        .settle(tx, order, now)
                        .compose(credits -> {
                            var entries = new ArrayList<Entry>(credits);
                            var sum =
                                    credits.stream().mapToLong(Entry::amountFen).sum();
                            entries.add(new Entry(
                                    new AccountKey(letting.cityCode(), AccountKind.CLEARING, "wechat"), -sum));
                            var about = JsonNodeFactory.instance.objectNode();
                            var posting = new NewPosting(
                                    letting.cityCode(),
                                    "test-payment:" + id,
                                    PostingKind.ADJUSTMENT,
                                    server.clock().today(),
                                    about,
                                    entries);
                            return LEDGER.post(tx, posting, now);
                        }));
    }
}
