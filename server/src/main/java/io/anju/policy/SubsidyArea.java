package io.anju.policy;

import io.anju.policy.number.Rational;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The floor area that a subsidy is paid for (补贴面积).
 *
 * @param standard by the number of persons; null where the home's own area counts
 * @param limitsToHome whether the home's area limits it: the smaller of the actual and the standard counts
 * @param deductsOwned whether what the household owns is taken off
 */
record SubsidyArea(@Nullable AreaTable standard, boolean limitsToHome, boolean deductsOwned, Text text) {
    static final String ID = "area";

    /** Never below nothing. */
    Rational evaluate(HouseholdView household, TenancyFacts tenancy, List<MoneyStep> trace) {
        var wording = new Wording().fact(Fact.PERSON_COUNT.code(), household.number(Fact.PERSON_COUNT));
        var sqm = standard == null ? tenancy.number(TenancyFact.HOME_AREA_SQM) : standard.sqm(household);
        wording.value("standardSqm", sqm);
        if (standard != null) {
            wording.facts(standard.facts(household)).bound(standard.bound(household), sqm.display());
        }
        if (deductsOwned) {
            var owned = household.number(Fact.OWNED_AREA_SQM);
            wording.fact(Fact.OWNED_AREA_SQM.code(), owned);
            sqm = sqm.minus(owned).max(Rational.ZERO);
        }
        if (limitsToHome || standard == null) {
            var home = tenancy.number(TenancyFact.HOME_AREA_SQM);
            wording.fact(TenancyFact.HOME_AREA_SQM.code(), home);
            sqm = sqm.min(home);
        }
        trace.add(wording.value("areaSqm", sqm).step(ID, null, text));
        return sqm;
    }
}
