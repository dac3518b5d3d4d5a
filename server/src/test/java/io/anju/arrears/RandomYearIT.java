package io.anju.arrears;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.arrears.ModelLadder.Taken;
import io.anju.testing.Anju;
import io.anju.testing.Letting;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Qingdao: the rent is less from the start. */
class RandomYearIT extends RandomYear {
    @RegisterExtension
    static final Anju anju = Anju.server();

    RandomYearIT() {
        super(anju, Letting.QINGDAO, ModelCity.QINGDAO, 150, 5);
    }

    @Override
    boolean paysAfterVoid(int number) {
        return false;
    }

    @Override
    void requireEvents() {
        assertThat(households.stream()
                        .flatMap(one -> one.model().ladder.steps.stream())
                        .map(Taken::rung))
                .contains("kind-reminder", "formal-notice");
        assertThat(households.stream().flatMap(one -> one.orders().stream()))
                .anyMatch(order -> order.givenBackFen > 0 && order.leftFen > 0)
                .anyMatch(order -> order.givenBackFen > 0 && order.leftFen == 0);
    }
}
