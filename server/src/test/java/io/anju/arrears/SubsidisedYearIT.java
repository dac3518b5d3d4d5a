package io.anju.arrears;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import io.anju.testing.Letting;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Xiamen: the market's rent, of which a subsidy bears a part once the own share is paid (先交后补), and none of it where
 * more than six months are unpaid and two officials say so. Every second household waits for that.
 */
class SubsidisedYearIT extends RandomYear {
    @RegisterExtension
    static final Anju anju = Anju.server();

    SubsidisedYearIT() {
        super(anju, Letting.XIAMEN, ModelCity.XIAMEN, 270, 4);
    }

    @Override
    boolean paysAfterVoid(int number) {
        return number % 2 == 0;
    }

    @Override
    void requireEvents() {
        assertThat(households).anyMatch(one -> one.model().voids.isApproved());
        assertThat(households.stream().flatMap(one -> one.model().bills.values().stream()))
                .anyMatch(bill -> bill.subsidy().equals("granted"))
                .anyMatch(bill -> bill.subsidy().equals("void") && bill.paidFen() > 0)
                .anyMatch(bill -> bill.subsidy().equals("void") && bill.creditedFen() > 0);
    }
}
