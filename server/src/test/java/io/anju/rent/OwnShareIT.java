package io.anju.rent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.ledger.AccountKind;
import io.anju.testing.Anju;
import io.anju.testing.Desk;
import io.anju.testing.Letting;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Xiamen: rent at the market's price, of which the household pays its own share first (先交后补). */
class OwnShareIT extends RentCity {
    @RegisterExtension
    static final Anju anju = Anju.server();

    OwnShareIT() {
        super(anju, Letting.XIAMEN);
    }

    private Let let() {
        return let(DAY, LocalDate.of(2028, 3, 3));
    }

    @Test
    void xiamen_asks_the_own_share_and_the_subsidy_follows_the_payment() {
        var let = let();
        run("2026-04");
        var april = let.rents().get(0);
        assertThat(april.path("amountFen").asLong()).isEqualTo(150_200);
        assertThat(april.path("subsidyFen").asLong()).isEqualTo(60_080);
        assertThat(april.path("dueFen").asLong()).isEqualTo(90_120);
        assertThat(april.path("subsidyState").asText()).isEqualTo("pending");
        let.pays(90_000L, april);
        assertThat(let.rents().get(0).path("subsidyState").asText()).isEqualTo("pending");
        assertThat(let.rents().get(0).path("dueFen").asLong()).isEqualTo(120);
        let.pays(120L, april);
        var settled = let.rents().get(0);
        assertThat(settled.path("subsidyState").asText()).isEqualTo("granted");
        assertThat(settled.path("dueFen").asLong()).isZero();
        var kinds = new ArrayList<String>();
        let.statement(DAY, DAY)
                .path("lines")
                .forEach(line -> kinds.add(line.path("kind").asText()));
        assertThat(kinds).contains("bill", "payment", "subsidy");
    }

    private Let letForApril() {
        var let = let();
        run("2026-04");
        return let;
    }

    private void takesBack(Let let, JsonNode bill, long fen) {
        city().post(
                        "/v1/staff/bills/" + bill.path("billId").asText() + "/credit-notes",
                        Map.of("amountFen", fen, "reason", "停水减免"))
                .expect(200);
    }

    @Test
    void what_was_paid_above_an_own_share_that_a_credit_note_makes_smaller_is_credit() {
        var let = letForApril();
        let.pays(null, let.deposit());
        let.pays(null, let.rents().get(1));
        var april = let.rents().get(0);
        let.pays(80_000L, april);
        takesBack(let, april, 20_000);
        var settled = let.bill(april);
        assertThat(settled.path("dueFen").asLong()).isZero();
        assertThat(settled.path("subsidyFen").asLong()).isEqualTo(60_080);
        assertThat(settled.path("subsidyState").asText()).isEqualTo("granted");
        // 901.20 yuan less 200, of which 800 were paid
        assertThat(let.held(AccountKind.TENANT_CREDIT)).isEqualTo(9_880);
        assertThat(let.held(AccountKind.RECEIVABLE)).isZero();
    }

    @Test
    void the_subsidy_follows_where_the_rest_of_the_own_share_is_given_up() {
        var let = letForApril();
        var april = let.rents().get(0);
        let.pays(80_000L, april);
        var proposed = city().post(
                        "/v1/staff/bills/" + april.path("billId").asText() + "/write-offs",
                        Map.of("amountFen", 10_120, "reason", "无遗产"))
                .expect(201)
                .json();
        Desk.of(anju, "city", Letting.XIAMEN.area())
                .post(
                        "/v1/staff/write-offs/" + proposed.path("writeOffId").asText() + "/decision",
                        Map.of("decision", "approve", "reason", "已核实"))
                .expect(200);
        assertThat(let.bill(april).path("dueFen").asLong()).isZero();
        assertThat(let.bill(april).path("subsidyState").asText()).isEqualTo("granted");
    }

    @Test
    void what_a_credit_note_and_an_end_take_back_beyond_the_own_share_is_the_subsidys() {
        var let = letForApril();
        var april = let.rents().get(0);
        takesBack(let, april, 40_000);
        go(LocalDate.of(2026, 4, 10));
        let.act("termination", Map.of("lastDay", "2026-04-10", "ground", "own-wish", "reason", "搬离"))
                .expect(200);
        // ten days are 500.67 yuan, of which 400 had been taken back: the rest is less than the subsidy of 200.27
        var left = let.bill(april);
        assertThat(left.path("amountFen").asLong() - left.path("creditedFen").asLong())
                .isEqualTo(10_067);
        assertThat(left.path("subsidyFen").asLong()).isEqualTo(10_067);
        assertThat(left.path("dueFen").asLong()).isZero();
        assertThat(left.path("subsidyState").asText()).isEqualTo("granted");
    }
}
