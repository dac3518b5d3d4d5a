package io.anju.arrears;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import io.anju.testing.Letting;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Qingdao: homes pass from tenant to tenant, known before or long after, while both owe, pay, complain, ask for relief and
 * are paused: what is done about each is what the model says about them alone. Nothing is paid ahead.
 */
class RandomTenanciesIT extends RandomYear {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private int laterKnown;

    RandomTenanciesIT() {
        super(anju, Letting.QINGDAO, ModelCity.QINGDAO, 180, 4);
    }

    @Override
    boolean paysAfterVoid(int number) {
        return false;
    }

    @Override
    void live(Household one, LocalDate today) {
        var model = one.model();
        var random = one.random();
        var plan = model.relief.plan;
        if (plan != null && plan.state.equals("running") && one.keepsPlans()) {
            var missing = Math.min(model.relief.missing(plan, today, model.bills), model.overdueFen(today));
            if (missing > 0) {
                orders(one, missing, today);
            }
        }
        switch (random.nextInt(60)) {
            case 0, 1, 2 -> reads(one, today);
            case 3, 4 -> letter(one, today);
            case 5 -> pause(one, today);
            case 6 -> ask(one, "deferral", today);
            case 7, 8 -> ask(one, "instalment-plan", today);
            case 9, 10 -> complain(one);
            case 11, 12 -> orders(one, today);
            case 13 -> getsBack(one, today);
            case 14, 15 -> passes(one, today);
            default -> {}
        }
    }

    private void passes(Household one, LocalDate today) {
        var day = one.random().nextBoolean()
                ? today.plusDays(one.random().nextInt(15))
                : today.minusDays(1 + one.random().nextInt(60));
        if (one.model().until == null) {
            passes(one, day, today).ifPresent(next -> {
                households.add(next);
                readDeposit(next);
                readBills(today);
                laterKnown += day.isBefore(today) ? 1 : 0;
            });
        }
    }

    /**
     * The home passes to somebody else, from a day to come or one that is over, where nothing was paid yet for the days
     * from then on.
     *
     * @return none where the day is none on which that can be
     */
    private Optional<Household> passes(Household one, LocalDate day, LocalDate today) {
        var model = one.model();
        var isPaid = model.bills.values().stream().anyMatch(bill -> !bill.to.isBefore(day) && bill.paidFen() != 0);
        if (isPaid || !day.isAfter(model.from)) {
            return Optional.empty();
        }
        var tenant = passes(one.let(), day);
        var next = new Household(
                of(one.let(), tenant),
                new YearModel(ModelCity.QINGDAO, day),
                new Random(one.random().nextLong()),
                one.random().nextBoolean(),
                false,
                new ArrayList<>());
        model.passesTo(next.model());
        // days that were billed already are given back to be billed anew, and so is a deposit that nobody paid
        for (var bill : model.all()) {
            var fen = credited(bill.id) - bill.creditedFen();
            if (model.bills.containsKey(bill.id)) {
                assertThat(fen > 0).isEqualTo(!bill.to.isBefore(day));
            }
            model.takeBack(bill, fen, today);
        }
        // nobody is late with what another was asked for
        for (var bill : List.copyOf(next.model().bills.values())) {
            var fen = credited(bill.id) - bill.creditedFen();
            assertThat(fen).isEqualTo(bill.isLate(today) ? bill.openFen() : 0);
            next.model().takeBack(bill, fen, today);
        }
        return Optional.of(next);
    }

    private long credited(UUID billId) {
        return Anju.await(anju.db()
                        .find(
                                "SELECT credited_fen FROM rent.bill WHERE bill_id = $1",
                                row -> row.getLong("credited_fen"),
                                billId))
                .orElseThrow();
    }

    /** Nobody moves out: who gets what then is no matter of arrears. */
    @Override
    void end() {}

    @Override
    void requireEvents() {
        assertThat(laterKnown).isPositive();
        assertThat(households)
                .anyMatch(one -> one.model().until != null
                        && one.model().ladder.steps.stream()
                                .anyMatch(step -> !step.on().isBefore(one.model().until)))
                .anyMatch(one -> one.model().until == null
                        && households.stream()
                                .anyMatch(other -> other != one
                                        && other.leaseId().equals(one.leaseId())
                                        && other.model().hasCase
                                        && one.model().hasCase));
    }
}
