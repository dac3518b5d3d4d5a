package io.anju.rent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.ledger.AccountKey;
import io.anju.ledger.AccountKind;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Desk;
import io.anju.testing.Letting;
import io.anju.testing.Tenancies;
import io.anju.testing.Tenancies.Home;
import io.anju.testing.Tenancies.Tenant;
import io.anju.testing.Wallet;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Homes of a city that are let, billed and paid over HTTP, for tests of what becomes of bills. */
abstract class RentCity {
    /** The first day of most leases, on which the clock begins. */
    static final LocalDate DAY = LocalDate.of(2026, 3, 4);

    private final Anju server;
    private final Letting letting;

    @SuppressWarnings("NullAway.Init")
    private Desk city;

    /**
     * @param server each class has its own
     * @param letting what is let unless a test says otherwise
     */
    RentCity(Anju server, Letting letting) {
        this.server = server;
        this.letting = letting;
    }

    @BeforeEach
    void logIn() {
        city = Desk.of(server, "city", letting.area());
    }

    /** Whatever a test did: every lease's bills say what the ledger says, and the ledger sums to nothing. */
    @AfterEach
    void the_bills_say_what_the_ledger_says() {
        var differing = Anju.await(server.db().list("""
                SELECT a.lease_number
                  FROM rent.account a
                  LEFT JOIN LATERAL (
                       SELECT coalesce(sum(b.amount_fen - b.paid_fen - b.credited_fen - b.written_off_fen
                                           - CASE b.subsidy_state WHEN 'granted'
                                             THEN b.subsidy_fen - b.subsidy_credited_fen ELSE 0 END), 0) AS open_fen
                         FROM rent.bill b
                        WHERE b.lease_id = a.lease_id) b ON true
                  LEFT JOIN ledger.account r ON r.kind = 'receivable' AND r.owner = a.lease_id::text
                  LEFT JOIN ledger.account c ON c.kind = 'tenant_credit' AND c.owner = a.lease_id::text
                 WHERE b.open_fen <> coalesce(r.balance_fen, 0) OR a.credit_fen <> -coalesce(c.balance_fen, 0)
                """, row -> row.getString("lease_number")));
        assertThat(differing).isEmpty();
        var sum = Anju.await(server.db()
                .find("SELECT sum(balance_fen)::bigint AS fen FROM ledger.account", row -> row.getLong("fen")));
        assertThat(sum.orElseThrow()).isZero();
    }

    Desk city() {
        return city;
    }

    /** Noon of a day, with what comes again done and the staff logged in anew. */
    void go(LocalDate day) {
        server.clock().set(day, LocalTime.NOON);
        server.runJobs();
        logIn();
    }

    Let let(LocalDate from, LocalDate to) {
        return let(letting, from, to);
    }

    /** Another home of the programme, and another income. */
    Let let(Home home, long incomeFen, LocalDate from, LocalDate to) {
        return let(new Letting(letting.area(), letting.programme(), home, incomeFen), from, to);
    }

    private Let let(Letting letting, LocalDate from, LocalDate to) {
        var tenancies = new Tenancies(server, city);
        var tenant = tenancies.tenant();
        var id = tenancies.let(tenancies.order(letting, tenancies.home(letting.home()), tenant, from, to));
        tenancies.handOver(id, from);
        return new Let(tenant, id);
    }

    /** Issues the bills of a month, or tries to, and gives the run. */
    JsonNode run(String month, boolean dryRun) {
        var body = Map.of("programme", letting.programme(), "month", month, "dryRun", dryRun);
        var asked = city.post("/v1/staff/bill-runs", body).expect(202).json();
        server.runJobs();
        var done = runOf(asked);
        assertThat(done.path("state").asText()).isEqualTo("done");
        return done;
    }

    JsonNode run(String month) {
        return run(month, false);
    }

    JsonNode runOf(JsonNode run) {
        return city.get("/v1/staff/bill-runs/" + run.path("runId").asText())
                .expect(200)
                .json();
    }

    static long sum(List<JsonNode> bills, String field) {
        return bills.stream().mapToLong(bill -> bill.path(field).asLong()).sum();
    }

    /** What was billed and not taken back. */
    static long net(List<JsonNode> bills) {
        return sum(bills, "amountFen") - sum(bills, "creditedFen");
    }

    /** A lease and who signed it. */
    final class Let {
        private Tenant tenant;
        private final String leaseId;

        Let(Tenant tenant, String leaseId) {
            this.tenant = tenant;
            this.leaseId = leaseId;
        }

        String leaseId() {
            return leaseId;
        }

        Tenant tenant() {
            return tenant;
        }

        /** The tenant's new session: tokens last minutes. */
        Let logsInAgain() {
            var token = server.people().again(tenant.nationalId());
            tenant = new Tenant(tenant.fullName(), tenant.nationalId(), token);
            return this;
        }

        Answer asks(String path, @Nullable Object body) {
            return server.http().post("/v1/me/leases/" + leaseId + "/" + path, tenant.token(), body);
        }

        Answer act(String path, Map<String, ?> body) {
            return city.post("/v1/staff/leases/" + leaseId + "/" + path, body);
        }

        JsonNode lease() {
            return city.get("/v1/staff/leases/" + leaseId).expect(200).json();
        }

        String state() {
            return lease().path("state").asText();
        }

        /** The newest first. */
        List<JsonNode> bills() {
            var page = city.get("/v1/staff/leases/" + leaseId + "/bills?limit=100")
                    .expect(200)
                    .json();
            return StreamSupport.stream(page.path("items").spliterator(), false).toList();
        }

        /** Of one charge, the latest days first. */
        List<JsonNode> bills(String charge) {
            return bills().stream()
                    .filter(bill -> bill.path("charge").asText().equals(charge))
                    .sorted(Comparator.comparing(
                                    (JsonNode bill) -> bill.path("from").asText())
                            .reversed())
                    .toList();
        }

        List<JsonNode> rents() {
            return bills("rent");
        }

        JsonNode deposit() {
            return bills("deposit").get(0);
        }

        JsonNode bill(JsonNode seen) {
            return bills().stream()
                    .filter(bill -> bill.path("billId").equals(seen.path("billId")))
                    .findFirst()
                    .orElseThrow();
        }

        JsonNode statement(LocalDate from, LocalDate to) {
            return server.http()
                    .get("/v1/me/leases/" + leaseId + "/statement?from=" + from + "&to=" + to, tenant.token())
                    .expect(200)
                    .json();
        }

        private Wallet wallet() {
            return new Wallet(server, letting.area(), tenant.token());
        }

        /** Pays an amount, or what is due, in WeChat; gives the payment. */
        JsonNode pays(@Nullable Long fen, JsonNode... bills) {
            return wallet().pays(
                            fen,
                            Arrays.stream(bills)
                                    .map(bill -> bill.path("billId").asText())
                                    .toList());
        }

        /** Asks for money of a payment back, which officials approve. */
        void asksBack(long fen, JsonNode payment) {
            wallet().asksBack(city, fen, payment.path("paymentId").asText());
        }

        /** Asks for money of a payment back, which an official approves and WeChat pays out. */
        void getsBack(long fen, JsonNode payment) {
            wallet().getsBack(city, fen, payment.path("paymentId").asText());
        }

        /** What the ledger holds for the lease, above zero. */
        long held(AccountKind kind) {
            var key = new AccountKey(letting.cityCode(), kind, leaseId);
            return -Anju.await(server.domains().ledger.balance(server.db(), key));
        }

        /** Lets somebody new follow the tenant from this day on. */
        Tenant passTo(Tenant next, String from, String reason) {
            var change = Map.of(
                    "fullName", next.fullName(), "nationalId", next.nationalId(), "from", from, "reason", reason);
            act("tenant", change).expect(200);
            return next;
        }

        UUID id() {
            return UUID.fromString(leaseId);
        }
    }
}
