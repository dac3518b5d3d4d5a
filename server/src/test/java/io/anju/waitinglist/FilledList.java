package io.anju.waitinglist;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.policy.PolicyDocument;
import io.anju.sandbox.RegisterFill;
import io.anju.testing.Anju;
import io.anju.testing.Desk;
import io.anju.waitinglist.Registration.ListKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Qingdao's list with made households on it, and the city's desk that leafs through its register. */
final class FilledList {
    static final ListKey KEY = new ListKey("370200", "public-rental");
    static final String REGISTER = "/v1/staff/registrations";

    private final Anju anju;
    private final PolicyDocument policy;
    private final RegisterFill fill;
    private final Desk city;

    /** Registers the households over the last 30 days, and puts them in order. */
    FilledList(Anju anju, long seed, int households) {
        this.anju = anju;
        var domains = anju.domains();
        policy = Anju.await(domains.policy.inForce(
                domains.db, KEY.cityCode(), KEY.programme(), anju.clock().today()));
        fill = new RegisterFill(
                domains.db, domains.vault, policy, seed, anju.clock().instant().minus(Duration.ofDays(30)));
        city = Desk.of(anju, "city", "3702");
        add(households);
        derive();
    }

    void add(int households) {
        fill.add(households);
    }

    void derive() {
        derive(anju.clock().instant());
    }

    void derive(Instant at) {
        Anju.await(anju.domains().lists.standing.current(KEY, at));
    }

    PolicyDocument policy() {
        return policy;
    }

    Desk city() {
        return city;
    }

    /** The first hundred registrations that match. */
    List<JsonNode> items(String query) {
        var items = new ArrayList<JsonNode>();
        city.get(REGISTER + "?limit=100" + (query.isEmpty() ? "" : "&" + query))
                .expect(200)
                .json()
                .path("items")
                .forEach(items::add);
        return items;
    }

    List<String> receipts(String query) {
        return items(query).stream().map(FilledList::receipt).toList();
    }

    static String receipt(JsonNode one) {
        return one.path("receiptNumber").asText();
    }

    JsonNode place(int rank) {
        return items("").stream()
                .filter(item -> item.path("rank").asInt() == rank)
                .findFirst()
                .orElseThrow();
    }
}
