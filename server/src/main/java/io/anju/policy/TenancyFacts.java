package io.anju.policy;

import io.anju.policy.number.Rational;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a home and its lease that rules about money can use; kept with what was decided, beside the
 * {@link HouseholdFacts}. A fact that no rule asks for may be left open.
 *
 * @param homeAreaSqm floor area of the home that is let, ㎡
 * @param projectStandardFenPerSqm rent standard of the project, fen per ㎡ and month
 * @param marketRentFenPerSqm assessed market rent, fen per ㎡ and month
 * @param rentPaidFen rent that the household really pays, fen per month
 * @param earners members who could earn; those whose income is in doubt have the minimum deemed
 */
public record TenancyFacts(
        @Nullable BigDecimal homeAreaSqm,
        @Nullable Long projectStandardFenPerSqm,
        @Nullable Long marketRentFenPerSqm,
        @Nullable Long rentPaidFen,
        List<Earner> earners) {

    /** Nothing is known of a home. */
    public static final TenancyFacts NONE = new TenancyFacts(null, null, null, null, List.of());

    private static final int FEN_PER_YUAN = 100;
    private static final String HOME_AREA = "homeAreaSqm";
    private static final String PROJECT_STANDARD = "projectStandardFenPerSqm";
    private static final String MARKET_RENT = "marketRentFenPerSqm";
    private static final String RENT_PAID = "rentPaidFen";

    /** @param provenMonthlyIncomeFen what the member has proven to earn in a month; null without proof */
    public record Earner(@Nullable Long provenMonthlyIncomeFen) {
        public Earner {
            requireNotNegative(provenMonthlyIncomeFen);
        }
    }

    public TenancyFacts {
        earners = List.copyOf(earners);
        requireNotNegative(projectStandardFenPerSqm);
        requireNotNegative(marketRentFenPerSqm);
        requireNotNegative(rentPaidFen);
        if (homeAreaSqm != null && homeAreaSqm.signum() <= 0) {
            throw new IllegalArgumentException("a home has an area");
        }
    }

    private static void requireNotNegative(@Nullable Long fen) {
        if (fen != null && fen < 0) {
            throw new IllegalArgumentException("rents and incomes are never negative");
        }
    }

    /** @throws MissingFactException where the fact was left open */
    Rational number(TenancyFact fact) {
        return switch (fact) {
            case HOME_AREA_SQM -> Rational.of(given(homeAreaSqm, HOME_AREA));
            case PROJECT_STANDARD_YUAN_PER_SQM -> yuan(projectStandardFenPerSqm, PROJECT_STANDARD);
            case MARKET_RENT_YUAN_PER_SQM -> yuan(marketRentFenPerSqm, MARKET_RENT);
            case RENT_PAID_YUAN -> yuan(rentPaidFen, RENT_PAID);
        };
    }

    /** The same with something in the place of a fact that was left open; unchanged where it is none of these. */
    TenancyFacts supposing(String name) {
        return switch (name) {
            case HOME_AREA ->
                new TenancyFacts(BigDecimal.ONE, projectStandardFenPerSqm, marketRentFenPerSqm, rentPaidFen, earners);
            case PROJECT_STANDARD -> new TenancyFacts(homeAreaSqm, 1L, marketRentFenPerSqm, rentPaidFen, earners);
            case MARKET_RENT -> new TenancyFacts(homeAreaSqm, projectStandardFenPerSqm, 1L, rentPaidFen, earners);
            case RENT_PAID -> new TenancyFacts(homeAreaSqm, projectStandardFenPerSqm, marketRentFenPerSqm, 1L, earners);
            default -> this;
        };
    }

    private static Rational yuan(@Nullable Long fen, String name) {
        return Rational.of(given(fen, name), FEN_PER_YUAN);
    }

    private static <T> T given(@Nullable T value, String name) {
        if (value == null) {
            throw new MissingFactException(name);
        }
        return value;
    }
}
