package io.anju.policy;

import io.anju.policy.number.MoneyRounding;
import io.anju.policy.number.Rational;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rent of a home (租金标准、差别化租金): a share of the standard by group or income, for the area that the household is
 * entitled to, and another rate for what goes beyond it.
 *
 * @param standard yuan per ㎡ and month
 * @param tiers shares of the standard; null where everyone pays all of it
 * @param entitlement null where the whole home is let at the same rate
 */
record Rent(
        Quantity standard,
        @Nullable Tiers<Share> tiers,
        @Nullable Entitlement entitlement,
        MoneyRounding rounding,
        Text text) {
    private static final String EVERYONE = "everyone";
    private static final int HUNDRED = 100;

    /**
     * What a tier pays.
     *
     * @param standard in place of the section's, e.g. the market's; null for the section's own
     * @param mayEnter false for a household that keeps its home but could not newly get one (梯度退出)
     * @param mayStay false for a household that has to leave
     */
    record Share(Rational share, @Nullable Quantity standard, boolean mayEnter, boolean mayStay) {}

    /** @param excessRate yuan per ㎡ and month for the area beyond */
    record Entitlement(AreaTable area, Quantity excessRate, Text text) {}

    RentAnswer evaluate(HouseholdView household, TenancyFacts tenancy) {
        var tier = tier(household);
        var rate = rate(tier.value());
        var homeSqm = tenancy.number(TenancyFact.HOME_AREA_SQM);
        var chargedSqm =
                entitlement == null ? homeSqm : homeSqm.min(entitlement.area().sqm(household));
        var trace = new ArrayList<MoneyStep>();
        var excess = excess(household, tenancy, homeSqm.minus(chargedSqm), trace);
        var standardYuan = rate.at(household.asOf(), tenancy);
        var share = tier.value().share();
        var fen = rounding.fen(standardYuan.times(share).times(chargedSqm).plus(excess));
        trace.add(new Wording()
                .facts(tier.facts())
                .fact(TenancyFact.HOME_AREA_SQM.code(), homeSqm)
                .quantity(rate, tenancy)
                .bound(tier.bound(), tier.limit())
                .value("standard", standardYuan)
                .value("share", share)
                .value("sharePercent", share.times(HUNDRED))
                .value("chargedSqm", chargedSqm)
                .step(tier.id(), fen, text));
        return new RentAnswer(
                fen, tier.id(), tier.value().mayEnter(), tier.value().mayStay(), trace);
    }

    private Quantity rate(Share share) {
        var own = share.standard();
        return own == null ? standard : own;
    }

    private Tiers.Tier<Share> tier(HouseholdView household) {
        return tiers == null
                ? new Tiers.Tier<>(EVERYONE, Map.of(), "", "", new Share(Rational.ONE, null, true, true))
                : tiers.of(household);
    }

    /** Yuan for the area beyond the entitlement. */
    private Rational excess(HouseholdView household, TenancyFacts tenancy, Rational sqm, List<MoneyStep> trace) {
        if (entitlement == null || sqm.signum() == 0) {
            return Rational.ZERO;
        }
        var rate = entitlement.excessRate().at(household.asOf(), tenancy);
        var yuan = rate.times(sqm);
        trace.add(new Wording()
                .facts(entitlement.area().facts(household))
                .fact(TenancyFact.HOME_AREA_SQM.code(), tenancy.number(TenancyFact.HOME_AREA_SQM))
                .quantity(entitlement.excessRate(), tenancy)
                .bound(
                        entitlement.area().bound(household),
                        entitlement.area().sqm(household).display())
                .value("excessSqm", sqm)
                .value("rate", rate)
                .step("excess-area", rounding.fen(yuan), entitlement.text()));
        return yuan;
    }
}
