package io.anju.arrears;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import io.anju.testing.Desk;
import io.anju.testing.Letting;
import io.anju.testing.TestDatabases;
import io.anju.testing.Wallet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Debts that were given up for less than was proposed, as what was paid meanwhile was not. Qingdao: 0.5 ‰ a day. */
class GivenUpIT extends LateCity {
    @RegisterExtension
    static final Anju anju = Anju.server();

    GivenUpIT() {
        super(anju, Letting.QINGDAO);
    }

    private Wallet wallet(Let let) {
        return new Wallet(anju, Letting.QINGDAO.area(), token(let));
    }

    @Test
    void a_late_fee_counts_what_was_really_given_up_when_a_payment_goes_back() {
        var let = let();
        var due = let.from();
        goThrough(due, due.plusDays(10));
        var bill = mine(let).at("/bills/0/billId").asText();
        var debt = mine(let).path("overdueFen").asLong();
        var proposed = city.post(
                        "/v1/staff/bills/" + bill + "/write-offs", Map.of("amountFen", debt - 5_000, "reason", "无遗产"))
                .expect(201)
                .json();
        assertThat(proposed.has("givenUpFen")).isFalse();
        var payment = wallet(let).pays(30_000L, List.of(bill)).path("paymentId").asText();
        var decided = "/v1/staff/write-offs/" + proposed.path("writeOffId").asText() + "/decision";
        var approved = Desk.of(anju, "city", Letting.QINGDAO.area())
                .post(decided, Map.of("decision", "approve", "reason", "已核实"))
                .expect(200)
                .json();
        assertThat(approved.path("amountFen").asLong()).isEqualTo(debt - 5_000);
        assertThat(approved.path("givenUpFen").asLong()).isEqualTo(debt - 30_000);
        assertThat(mine(let).path("overdueFen").asLong()).isZero();

        goThrough(due.plusDays(11), due.plusDays(20));
        wallet(let).getsBack(city, 30_000, payment);
        assertThat(mine(let).path("overdueFen").asLong()).isEqualTo(30_000);
        goThrough(due.plusDays(21), due.plusDays(31));
        // the whole debt for 10 days of which five are free, then 300 yuan for 10 days
        assertThat(mine(let).path("lateFeeAccruedFen").asLong())
                .isEqualTo((2 * (5 * debt + 10 * 30_000) + 2_000) / 4_000);
        var fromBefore = TestDatabases.afterMigratingAgain(
                anju.databaseAddress(),
                "786",
                List.of("DROP INDEX rent.write_off_of_bill", "ALTER TABLE rent.write_off DROP COLUMN given_up_fen"),
                "SELECT string_agg(given_up_fen::text, ',') FROM rent.write_off");
        assertThat(fromBefore).isEqualTo(Long.toString(debt - 30_000));
    }
}
