package io.anju.payment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.ledger.Entry;
import io.anju.platform.db.Tx;
import io.anju.testing.Anju;
import io.anju.testing.Biller;
import io.anju.testing.Payer;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What arrives at the address for notices: most of it true, all of it checked. */
class NoticeIT {
    private static final Biller BILLER = new Biller();

    @RegisterExtension
    static final Anju anju = Anju.server().atStart(app -> app.domains().payments.usePayables(BILLER));

    private final Payer payer = Payer.of(anju);

    /** The delivery is not believed; the next one, after the ladder's first wait, is. */
    @ParameterizedTest
    @ValueSource(strings = {"FORGED_SIGNATURE", "STALE_TIMESTAMP", "TRUNCATED_BODY", "DROP_DELIVERY"})
    void believes_only_what_is_signed_fresh_and_whole(String effect) {
        var order = confirmed();
        Payer.arm(anju, effect, "", "");
        Payer.deliver(anju);
        assertThat(state(order)).isEqualTo("open");
        anju.clock().advance(Duration.ofSeconds(16));
        Payer.deliver(anju);
        assertThat(state(order)).isEqualTo("paid");
    }

    @Test
    void takes_an_empty_associated_data_and_fails_a_probe() {
        var order = confirmed();
        Payer.arm(anju, "EMPTY_ASSOCIATED_DATA", "", "");
        Payer.arm(anju, "SIGN_TEST", "", "");
        Payer.deliver(anju);
        assertThat(state(order)).isEqualTo("paid");
    }

    @Test
    void takes_many_copies_at_once_for_one() {
        var bill = BILLER.bill(anju, 10_000, payer.id());
        var order = payer.order(null, bill).expect(201).json();
        payer.confirm(order).expect(200);
        Payer.arm(anju, "COPY_DELIVERY", "", "12");
        Payer.deliver(anju);
        assertThat(state(order)).isEqualTo("paid");
        assertThat(BILLER.creditFen(anju, bill.leaseId())).isZero();
    }

    /** What differs is not posted: it becomes an item, however often it is told, and the true word settles the order. */
    @ParameterizedTest
    @CsvSource({
        "WRONG_AMOUNT, 100, amount-differs",
        "WRONG_MERCHANT, '', parties-differ",
        "WRONG_APP, '', parties-differ",
        "WRONG_CURRENCY, '', parties-differ"
    })
    void names_what_differs_from_our_own_record(String effect, String value, String kind) {
        var order = confirmed();
        Payer.arm(anju, effect, "", value);
        Payer.deliver(anju);
        assertThat(state(order)).isEqualTo("open");
        assertThat(kinds(order)).containsExactly(kind);
        payer.waits(Duration.ofSeconds(61));
        anju.runJobs();
        assertThat(state(order)).isEqualTo("paid");
        assertThat(kinds(order)).containsExactly(kind);
    }

    @Test
    void names_money_for_an_order_that_is_none_of_ours() {
        confirmed();
        Payer.arm(anju, "UNKNOWN_ORDER", "", "");
        Payer.deliver(anju);
        assertThat(Anju.await(anju.db()
                        .list(
                                "SELECT subject FROM reconciliation.item WHERE kind = 'unknown-order'",
                                row -> row.getString("subject"))))
                .hasSize(1)
                .allMatch(subject -> subject.startsWith("UNKNOWN"));
    }

    @Test
    void names_a_second_charge_of_one_order() {
        Payer.arm(anju, "CHARGE_TWICE", "", "");
        var order = confirmed();
        Payer.deliver(anju);
        assertThat(state(order)).isEqualTo("paid");
        var reconciler = anju.people().staff("city", "3702");
        var twice = anju.http()
                .get("/v1/staff/reconciliation-items?state=open&kind=paid-twice", reconciler)
                .expect(200)
                .json()
                .path("items");
        assertThat(twice).hasSize(1);
        var path = "/v1/staff/reconciliation-items/" + twice.at("/0/itemId").asText() + "/resolution";
        var resolved = anju.http()
                .post(path, reconciler, Map.of("resolution", "explained", "reason", "第二笔已原路退回。"))
                .expect(200)
                .json();
        assertThat(resolved.path("state").asText()).isEqualTo("resolved");
        anju.http()
                .post(path, reconciler, Map.of("resolution", "explained", "reason", "再次处理。"))
                .expect(409, "item-state-conflict");
    }

    /** What cannot be posted is not taken: the notice comes again. */
    @Test
    void says_that_it_failed_where_it_could_not_post() {
        var order = confirmed();
        anju.domains().payments.usePayables(new Failing());
        try {
            Payer.deliver(anju);
        } finally {
            anju.domains().payments.usePayables(BILLER);
        }
        assertThat(state(order)).isEqualTo("open");
        anju.clock().advance(Duration.ofSeconds(16));
        Payer.deliver(anju);
        assertThat(state(order)).isEqualTo("paid");
    }

    /** A biller that is out of order. */
    private static final class Failing implements Payables {
        @Override
        public Future<List<Payable>> lock(Tx tx, UUID residentId, List<UUID> billIds, Instant now) {
            return Future.failedFuture(new IllegalStateException("out of order"));
        }

        @Override
        public Future<List<Entry>> settle(Tx tx, PaidOrder order, Instant now) {
            return Future.failedFuture(new IllegalStateException("out of order"));
        }

        @Override
        public Future<List<Entry>> giveBack(Tx tx, PaidOrder order, long fen, String refundNumber, Instant now) {
            return Future.failedFuture(new IllegalStateException("out of order"));
        }
    }

    @Test
    void answers_what_is_no_notice_at_all() {
        for (var body : List.of("", "{}", "not json", "x".repeat(70_000))) {
            var answer = anju.http()
                    .request("POST", PaymentNotices.PATH)
                    .withoutKey()
                    .bytes("application/json", body.getBytes(StandardCharsets.UTF_8))
                    .unchecked()
                    .send();
            assertThat(answer.status()).isIn(401, 413);
        }
        assertThat(anju.http()
                        .request("GET", PaymentNotices.PATH)
                        .unchecked()
                        .send()
                        .status())
                .isEqualTo(405);
    }

    private JsonNode confirmed() {
        var order = payer.order(null, BILLER.bill(anju, UUID.randomUUID(), 10_000, true, payer.id()))
                .expect(201)
                .json();
        payer.confirm(order).expect(200);
        return order;
    }

    private String state(JsonNode order) {
        return payer.get(order.path("paymentId").asText())
                .expect(200)
                .json()
                .path("state")
                .asText();
    }

    private static List<String> kinds(JsonNode order) {
        return Anju.await(anju.db()
                .list(
                        "SELECT kind FROM reconciliation.item WHERE subject = $1",
                        row -> row.getString("kind"),
                        order.path("outTradeNo").asText()));
    }
}
