package io.anju.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.bench.PaymentOrders.Order;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlainScriptTest {
    private static final Order RECORDED = order("20261101000001", 4_731);
    private static final Order OTHER = order("20261101000002", 3_132);

    @Test
    void another_order_pays_its_own_bill_its_own_amount() {
        var script = PlainScript.of(
                List.of(
                        step(
                                "SELECT $1, $2, $3, $4",
                                List.of(
                                        RECORDED.fen(),
                                        new Long[] {RECORDED.fen()},
                                        new UUID[] {RECORDED.billId()},
                                        RECORDED.number())),
                        posting()),
                RECORDED);

        assertThat(script.valuesFor(OTHER))
                .contains("3132", "{\"3132\"}", "{\"" + OTHER.billId() + "\"}", OTHER.number())
                .noneMatch(text -> text.contains("4731"));
    }

    private static Script.Step posting() {
        var row = new ArrayList<@Nullable Object>(Collections.nCopies(17, null));
        row.set(2, new UUID[] {UUID.randomUUID()});
        row.set(12, new Long[] {-RECORDED.fen(), RECORDED.fen()});
        return step("INSERT INTO ledger.entry SELECT $13", row);
    }

    private static Script.Step step(String sql, List<@Nullable Object> values) {
        return new Script.Step(sql, false, List.of(values), List.of());
    }

    private static Order order(String number, long fen) {
        return new Order(UUID.randomUUID(), number, UUID.randomUUID(), UUID.randomUUID(), fen);
    }
}
