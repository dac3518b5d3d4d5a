package io.anju.policy;

import io.anju.policy.number.MoneyRounding;
import io.anju.policy.number.Rational;
import java.time.LocalDate;
import java.util.List;

/**
 * What is due for a home that is not given back after its lease has ended, by stages.
 *
 * @param of yuan per ㎡ and month, e.g. the market's rent
 * @param stages the last one has no end
 */
record RentAfterEnd(Quantity of, List<Stage> stages, MoneyRounding rounding, Text text) {
    private static final int HUNDRED = 100;

    /** @param months how long it lasts; 0 for the last one */
    record Stage(String id, int months, Rational share) {}

    RentAfterEnd {
        stages = List.copyOf(stages);
    }

    /** @param endedOn first day without a lease */
    MoneyStep evaluate(LocalDate endedOn, LocalDate day, TenancyFacts tenancy) {
        if (day.isBefore(endedOn)) {
            throw new IllegalArgumentException("the lease has not ended on " + day);
        }
        var stage = stage(endedOn, day);
        var sqm = tenancy.number(TenancyFact.HOME_AREA_SQM);
        var rate = of.at(day, tenancy);
        return new Wording()
                .fact("endedOn", endedOn.toString())
                .fact(TenancyFact.HOME_AREA_SQM.code(), sqm)
                .quantity(of, tenancy)
                .value("standard", rate)
                .value("sharePercent", stage.share().times(HUNDRED))
                .step(stage.id(), rounding.fen(rate.times(sqm).times(stage.share())), text);
    }

    private Stage stage(LocalDate endedOn, LocalDate day) {
        var months = 0;
        for (var stage : stages) {
            months += stage.months();
            if (stage.months() == 0 || day.isBefore(endedOn.plusMonths(months))) {
                return stage;
            }
        }
        throw new IllegalStateException("the loader lets no stages without a last one pass");
    }
}
