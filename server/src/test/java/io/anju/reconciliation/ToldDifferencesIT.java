package io.anju.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.identity.Role;
import io.anju.testing.Anju;
import io.anju.testing.Biller;
import io.anju.testing.Desk;
import io.anju.testing.Payer;
import io.anju.testing.Probe;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the channel tells between two bills stands on the finance office's list, with an owner and an age. */
class ToldDifferencesIT {
    private static final Biller BILLER = new Biller();
    private static final String LIST = "/v1/staff/reconciliation-items?limit=100";

    @RegisterExtension
    static final Anju anju = Anju.server().atStart(app -> app.domains().payments.usePayables(BILLER));

    private final Payer payer = Payer.of(anju);
    private final Desk first = Desk.of(anju, "city", "3702");
    private final Desk second = Desk.of(anju, "city", "3702");

    @Test
    void is_the_offices_until_somebody_takes_it_and_grows_old_by_the_clock() {
        var item = told("WRONG_AMOUNT", "amount-differs");
        var path = path(item);
        assertThat(item.has("ownerId")).isFalse();
        assertThat(item.path("billDate").asText())
                .isEqualTo(anju.clock().today().toString());
        assertThat(item.path("cityCode").asText()).isEqualTo(Biller.CITY);
        assertThat(item.path("ours").asText()).startsWith("open, 10000 fen");
        assertThat(item.path("theirs").asText()).startsWith("10007 fen CNY");
        assertThat(item.path("ageDays").asInt()).isZero();
        assertThat(listed(first, "&owner=nobody&kind=amount-differs")).contains(item.path("itemId"));

        anju.clock().advance(Duration.ofDays(3));
        assertThat(first.get(path).expect(200).json().path("ageDays").asInt()).isEqualTo(3);
        first.post(path + "/claim", null).expect(200);
        assertThat(listed(first, "&owner=me")).contains(item.path("itemId"));
        assertThat(listed(first, "&owner=nobody")).doesNotContain(item.path("itemId"));
        second.post(path + "/claim", null).expect(200);
        assertThat(listed(first, "&owner=me")).doesNotContain(item.path("itemId"));
        var cashier = Desk.of(anju, "city", "3702", "出纳", EnumSet.of(Role.CASHIER));
        first.post(path + "/assignment", Map.of("owner", cashier.username())).expect(422, "owner-unknown");
        cashier.get(LIST).expect(403);
        var given = first.post(path + "/assignment", Map.of("owner", first.username()))
                .expect(200)
                .json();
        assertThat(given.path("history").findValuesAsText("action"))
                .containsExactly("found", "assigned", "assigned", "assigned");
        Desk.of(anju, "city", "4401").get(path).expect(404);
    }

    @Test
    void moves_no_money_and_is_opened_once_however_often_it_is_told() {
        var item = told("CHARGE_TWICE", "paid-twice");
        var path = path(item) + "/resolution";
        first.post(path, Map.of("resolution", "booked", "reason", "渠道确认")).expect(409, "nothing-to-book");
        var resolved = first.post(path, Map.of("resolution", "explained", "reason", "第二笔已在商户平台退回"))
                .expect(200)
                .json();
        anju.clock().advance(Duration.ofDays(2));
        assertThat(first.get(path(item)).expect(200).json().path("ageDays").asInt())
                .as("its age stands still once it is resolved")
                .isEqualTo(resolved.path("ageDays").asInt());

        var unknown = told("UNKNOWN_ORDER", "unknown-order");
        assertThat(unknown.has("cityCode")).isFalse();
        assertThat(listed(Desk.of(anju, "city", "4401"), "&kind=unknown-order")).contains(unknown.path("itemId"));

        Payer.arm(anju, "COPY_DELIVERY", "", "9");
        var copied = told("WRONG_MERCHANT", "parties-differ");
        assertThat(first.get(path(copied)).expect(200).json().path("history")).hasSize(1);
    }

    @Test
    void no_comparison_closes_it_and_its_end_starts_none() {
        anju.clock().set(anju.clock().today().plusDays(1), LocalTime.of(10, 30));
        anju.runJobs();
        var day = anju.clock().today();
        var item = told("WRONG_CURRENCY", "parties-differ");
        payer.waits(Duration.ofSeconds(61));
        anju.runJobs();
        anju.clock().set(day.plusDays(1), LocalTime.of(10, 0));
        anju.runJobs();
        assertThat(run(day).path("verifiedShare").asText()).isEqualTo("1.0000");
        assertThat(run(day).path("differences").asInt()).isZero();
        assertThat(first.get(path(item)).expect(200).json().path("state").asText())
                .isEqualTo("open");
        first.post(path(item) + "/resolution", Map.of("resolution", "explained", "reason", "通知有误，查询结果一致"))
                .expect(200);
        anju.clock().advance(Duration.ofMinutes(11));
        anju.runJobs();
        assertThat(run(day).path("number").asInt()).isEqualTo(1);
    }

    @Test
    void the_meters_show_it_until_somebody_takes_it_and_says_what_became_of_it() {
        for (var item : first.get(LIST + "&state=open").expect(200).json().path("items")) {
            explain(item);
        }
        metersShow(0, 0, 0);
        var item = told("WRONG_APP", "parties-differ");
        anju.clock().advance(Duration.ofDays(2));
        metersShow(1, 1, 2);
        first.post(path(item) + "/claim", null).expect(200);
        metersShow(1, 0, 2);
        explain(item);
        metersShow(0, 0, 0);
        assertThat(Probe.metrics(anju))
                .contains("anju_reconciliation_items_told_total{channel=\"wechat\",kind=\"parties-differ\"");
    }

    private void explain(JsonNode item) {
        first.post(path(item) + "/resolution", Map.of("resolution", "explained", "reason", "已核对"))
                .expect(200);
    }

    private static void metersShow(int open, int unowned, int oldestDays) {
        var name = "anju_reconciliation_items_";
        assertThat(Probe.metered(anju, name + "open", open)).isEqualTo(open);
        assertThat(Probe.metered(anju, name + "unowned", unowned)).isEqualTo(unowned);
        assertThat(Probe.metered(anju, name + "oldest_days", oldestDays)).isEqualTo(oldestDays);
    }

    /** The newest open difference of this kind, after a payment whose notice had this fault. */
    private JsonNode told(String fault, String kind) {
        payer.waits(Duration.ofMinutes(1));
        Payer.arm(anju, fault, "", "7");
        var order = payer.order(null, BILLER.bill(anju, 10_000, payer.id()))
                .expect(201)
                .json();
        payer.confirm(order).expect(200);
        Payer.deliver(anju);
        var found =
                first.get(LIST + "&state=open&kind=" + kind).expect(200).json().path("items");
        assertThat(found).isNotEmpty();
        assertThat(found.at("/0/foundAt").asText())
                .isEqualTo(anju.clock().instant().toString());
        return found.get(0);
    }

    private static Iterable<JsonNode> listed(Desk desk, String filter) {
        return desk.get(LIST + filter).expect(200).json().findValues("itemId");
    }

    private static String path(JsonNode item) {
        return "/v1/staff/reconciliation-items/" + item.path("itemId").asText();
    }

    private JsonNode run(LocalDate day) {
        return first.get("/v1/staff/reconciliation-runs?limit=1&billDate=" + day)
                .expect(200)
                .json()
                .at("/items/0");
    }
}
