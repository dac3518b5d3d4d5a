package io.anju.policy;

import io.anju.policy.number.Amount;
import io.anju.policy.number.Rational;
import java.math.RoundingMode;
import java.util.List;

/**
 * Income that is assumed where proof is missing or less is proven than the law's minimum wage (视同收入).
 *
 * @param minimum yuan per month, for each member who could earn
 */
record DeemedIncome(Amount minimum, Text text) {
    static final String ID = "deemed-income";

    private static final int FEN_PER_YUAN = 100;

    /** The household with at least the minimum for each earner; adds a step where that changes anything. */
    HouseholdView apply(HouseholdView household, TenancyFacts tenancy, List<MoneyStep> trace) {
        var minimumYuan = minimum.at(household.asOf());
        var minimumFen =
                minimumYuan.times(FEN_PER_YUAN).rounded(0, RoundingMode.HALF_UP).longValueExact();
        long provenFen = 0;
        long addedFen = 0;
        for (var earner : tenancy.earners()) {
            var own = earner.provenMonthlyIncomeFen();
            long proven = own == null ? 0 : own;
            provenFen = Math.addExact(provenFen, proven);
            addedFen = Math.addExact(addedFen, Math.max(minimumFen - proven, 0));
        }
        var declaredFen = household.facts().monthlyIncomeFen();
        if (provenFen > declaredFen) {
            throw new IllegalArgumentException("the earners have proven more than the household's income");
        }
        if (addedFen == 0) {
            return household;
        }
        var deemedFen = Math.addExact(declaredFen, addedFen);
        trace.add(new Wording()
                .fact(Fact.MONTHLY_INCOME_YUAN.code(), household.number(Fact.MONTHLY_INCOME_YUAN))
                .fact("earnerCount", String.valueOf(tenancy.earners().size()))
                .bound("≥ " + minimumYuan.display(), minimumYuan.display())
                .value("deemedMonthlyIncomeYuan", Rational.of(deemedFen, FEN_PER_YUAN))
                .step(ID, null, text));
        return household.withMonthlyIncome(deemedFen);
    }
}
