package io.anju.policy;

import io.anju.policy.number.MoneyRounding;
import io.anju.policy.number.Rational;
import io.anju.policy.yaml.YamlNode;
import java.math.RoundingMode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What being late costs (滞纳金).
 *
 * @param ratePerDay of the base, e.g. 0.02 or 0.003
 * @param graceDays days that cost nothing
 * @param cap null where nothing limits it
 */
record LateFee(
        Base base,
        Rational ratePerDay,
        int graceDays,
        @Nullable Cap cap,
        MoneyRounding rounding,
        Text text) {
    static final String ID = "late-fee";

    private static final int FEN_PER_YUAN = 100;
    private static final int HUNDRED = 100;
    private static final int MAX_GRACE = 90;

    /** What a part is taken of. */
    enum Base {
        MONTHLY_RENT,
        OVERDUE
    }

    record Cap(Base base, Rational share) {}

    /** @param days since the day after the bill was due */
    MoneyStep evaluate(long overdueFen, long monthlyRentFen, int days) {
        return accrue(List.of(new OverdueStretch(overdueFen, days)), monthlyRentFen)
                .step();
    }

    /**
     * The fee on one bill over everything that was paid of it: the days of grace are its first ones, the cap follows from
     * the most that was overdue, and the whole is rounded once.
     *
     * @param stretches in their order, from the day after the bill was due, without days that do not count
     */
    AccruedFee accrue(List<OverdueStretch> stretches, long monthlyRentFen) {
        if (monthlyRentFen < 0) {
            throw new IllegalArgumentException("amounts and days are never negative");
        }
        var exact = Rational.ZERO;
        var overdueFen = 0L;
        var grace = graceDays;
        var days = 0;
        for (var stretch : stretches) {
            var free = Math.min(grace, stretch.days());
            var counted = stretch.overdueFen() == 0 ? 0 : stretch.days() - free;
            exact = exact.plus(yuan(base, stretch.overdueFen(), monthlyRentFen)
                    .times(ratePerDay)
                    .times(counted));
            grace -= free;
            days += stretch.days();
            overdueFen = Math.max(overdueFen, stretch.overdueFen());
        }
        return capped(exact, overdueFen, monthlyRentFen, days);
    }

    private AccruedFee capped(Rational exact, long overdueFen, long monthlyRentFen, int days) {
        var wording = new Wording()
                .fact("overdueYuan", Wording.yuan(overdueFen))
                .fact("monthlyRentYuan", Wording.yuan(monthlyRentFen))
                .fact("days", String.valueOf(days))
                .value("percent", ratePerDay.times(HUNDRED))
                .value("baseYuan", yuan(base, overdueFen, monthlyRentFen));
        if (cap == null) {
            return new AccruedFee(wording.step(ID, rounding.fen(exact), text), null);
        }
        var limit = yuan(cap.base(), overdueFen, monthlyRentFen).times(cap.share());
        wording.value(Wording.LIMIT, limit);
        if (exact.compareTo(limit) > 0) {
            wording.bound("≤ " + limit.display(), limit.display());
        }
        var capFen = limit.times(FEN_PER_YUAN).rounded(0, RoundingMode.UP).longValueExact();
        return new AccruedFee(wording.step(ID, rounding.fenAtMost(exact.min(limit), limit), text), capFen);
    }

    private static Rational yuan(Base base, long overdueFen, long monthlyRentFen) {
        return Rational.of(base == Base.OVERDUE ? overdueFen : monthlyRentFen, FEN_PER_YUAN);
    }

    static LateFee read(YamlNode node, MoneyNodes nodes) {
        node.onlyKeys("base", "perDay", "graceDays", "cap", "rounding", "text");
        var rate = nodes.rate(node.get("perDay"));
        if (rate.compareTo(Rational.ONE) > 0) {
            node.get("perDay").report("a fee of more than the whole for each day");
        }
        var placeholders =
                new TreeSet<>(Set.of(Wording.YUAN, "overdueYuan", "monthlyRentYuan", "days", "percent", "baseYuan"));
        var cap = node.find("cap").map(found -> cap(found, nodes)).orElse(null);
        if (cap != null) {
            placeholders.add(Wording.LIMIT);
        }
        return new LateFee(
                node.get("base").oneOf(Base.class),
                rate,
                node.find("graceDays").map(days -> days.integer(0, MAX_GRACE)).orElse(0),
                cap,
                nodes.rounding(node),
                Text.read(node.get("text"), placeholders));
    }

    private static Cap cap(YamlNode node, MoneyNodes nodes) {
        node.onlyKeys("base", "share");
        return new Cap(node.get("base").oneOf(Base.class), nodes.share(node.get("share")));
    }
}
