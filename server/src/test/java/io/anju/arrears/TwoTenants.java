package io.anju.arrears;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Letting;
import io.anju.testing.Tenancies;
import io.anju.testing.Tenancies.Tenant;
import io.anju.testing.Wallet;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Homes that pass to another tenant while their lease goes on, for tests about which of the two owes what. */
abstract class TwoTenants extends LateCity {
    private final Anju server;
    private final Letting letting;

    TwoTenants(Anju server, Letting letting) {
        super(server, letting);
        this.server = server;
        this.letting = letting;
    }

    /** Another has the home from a day on. */
    Tenant passes(Let let, LocalDate from) {
        var next = new Tenancies(server, city).tenant();
        var change = Map.of(
                "fullName",
                next.fullName(),
                "nationalId",
                next.nationalId(),
                "from",
                from.toString(),
                "reason",
                "离婚析产");
        city.post("/v1/staff/leases/" + let.leaseId() + "/tenant", change).expect(200);
        return next;
    }

    /** The lease as somebody else's. */
    static Let of(Let let, Tenant tenant) {
        return new Let(tenant, let.leaseId(), let.from());
    }

    /** @param paidFen what the former tenant paid by this payment */
    record Passed(Let let, Tenant next, String paymentId, long paidFen) {}

    /** A tenant pays all that is due and more, and another takes over; the next month is billed then. */
    Passed passesOncePaid(long surplusFen) {
        var let = let();
        go(let.from());
        var fen = due(bills(let.tenant())) + surplusFen;
        var paymentId = wallet(let.tenant())
                .pays(fen, dueIds(let.tenant()))
                .path("paymentId")
                .asText();
        var change = server.clock().today().plusDays(1);
        var next = passes(let, change);
        go(change);
        bill(change.plusMonths(1).toString().substring(0, 7));
        return new Passed(let, next, paymentId, fen);
    }

    String token(Tenant tenant) {
        return server.people().again(tenant.nationalId());
    }

    Wallet wallet(Tenant tenant) {
        return new Wallet(server, letting.area(), token(tenant));
    }

    List<JsonNode> bills(Tenant tenant) {
        var bills = new ArrayList<JsonNode>();
        server.http()
                .get("/v1/me/bills?limit=100", token(tenant))
                .expect(200)
                .json()
                .path("items")
                .forEach(bills::add);
        return bills;
    }

    static List<String> ids(List<JsonNode> bills) {
        return bills.stream().map(bill -> bill.path("billId").asText()).toList();
    }

    static List<JsonNode> of(String charge, List<JsonNode> bills) {
        return bills.stream()
                .filter(bill -> bill.path("charge").asText().equals(charge))
                .toList();
    }

    static long due(List<JsonNode> bills) {
        return bills.stream().mapToLong(bill -> bill.path("dueFen").asLong()).sum();
    }

    List<String> dueIds(Tenant tenant) {
        return ids(bills(tenant).stream()
                .filter(bill -> bill.path("dueFen").asLong() > 0)
                .toList());
    }

    /** The tenant pays all of their own that is due. */
    void paysAll(Tenant tenant) {
        wallet(tenant).pays(null, dueIds(tenant));
    }

    /** The arrears of a lease as somebody reads them. */
    JsonNode arrears(Let let, Tenant tenant) {
        return mine(of(let, tenant));
    }

    Answer asks(Let let, Tenant tenant, Map<String, ?> body) {
        return server.http().post("/v1/me/leases/" + let.leaseId() + "/arrears-requests", token(tenant), body);
    }

    /** Open cases of a lease as the work list has them, by their tenants' first days. */
    List<JsonNode> cases(Let let, String filter) {
        var cases = new ArrayList<JsonNode>();
        city.get("/v1/staff/arrears-cases?limit=100" + filter)
                .expect(200)
                .json()
                .path("items")
                .forEach(one -> {
                    if (one.path("leaseId").asText().equals(let.leaseId())) {
                        cases.add(one);
                    }
                });
        return cases.stream()
                .sorted((a, b) -> a.path("tenantFrom")
                        .asText()
                        .compareTo(b.path("tenantFrom").asText()))
                .toList();
    }

    List<JsonNode> cases(Let let) {
        return cases(let, "");
    }

    JsonNode file(JsonNode arrearsCase) {
        return city.get("/v1/staff/arrears-cases/" + arrearsCase.path("caseId").asText())
                .expect(200)
                .json();
    }

    /** What a query of one text says about a lease. */
    String text(Let let, String query) {
        return Anju.await(server.db().find(query, row -> row.getString("text"), UUID.fromString(let.leaseId())))
                .orElseThrow();
    }
}
