package io.anju.policy;

import io.anju.policy.number.MoneyRounding;
import io.anju.policy.number.Rational;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rental subsidy (租赁补贴): a rate by group or income for an area, within caps.
 *
 * @param deemed null where income counts as declared
 * @param caps each limits the amount; the smallest decides
 */
record Subsidy(
        @Nullable DeemedIncome deemed,
        SubsidyArea area,
        Tiers<Rate> tiers,
        List<Cap> caps,
        MoneyRounding rounding,
        Text text,
        SubsidyChanges changes) {
    private static final int HUNDRED = 100;

    /** Yuan per ㎡ and month: the share of the quantity, e.g. of the market's rent. */
    record Rate(Quantity of, Rational share) {
        Rational at(HouseholdView household, TenancyFacts tenancy) {
            return of.at(household.asOf(), tenancy).times(share);
        }
    }

    /** @param atMost yuan per month, e.g. the rent that is really paid */
    record Cap(String id, Quantity atMost, Text text) {}

    Subsidy {
        caps = List.copyOf(caps);
    }

    SubsidyAnswer evaluate(HouseholdView declared, TenancyFacts tenancy) {
        var trace = new ArrayList<MoneyStep>();
        var household = deemed == null ? declared : deemed.apply(declared, tenancy, trace);
        var sqm = area.evaluate(household, tenancy, trace);
        var tier = tiers.of(household);
        var rate = tier.value().at(household, tenancy);
        var yuan = rate.times(sqm);
        var fen = rounding.fen(yuan);
        trace.add(new Wording()
                .facts(tier.facts())
                .quantity(tier.value().of(), tenancy)
                .bound(tier.bound(), tier.limit())
                .value("rate", rate)
                .value("sharePercent", tier.value().share().times(HUNDRED))
                .value("areaSqm", sqm)
                .step(tier.id(), fen, text));
        for (var cap : caps) {
            fen = capped(fen, cap, household, tenancy, trace);
        }
        return new SubsidyAnswer(fen, tier.id(), trace);
    }

    private long capped(long fen, Cap cap, HouseholdView household, TenancyFacts tenancy, List<MoneyStep> trace) {
        var limit = cap.atMost().at(household.asOf(), tenancy);
        var within = rounding.fenAtMost(limit.min(Rational.of(fen, HUNDRED)), limit);
        if (within < fen) {
            trace.add(new Wording()
                    .quantity(cap.atMost(), tenancy)
                    .bound("≤ " + limit.display(), limit.display())
                    .step(cap.id(), within, cap.text()));
        }
        return within;
    }
}
