package io.anju.rent;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import io.anju.testing.Letting;
import java.time.LocalDate;
import java.util.ArrayList;
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
}
