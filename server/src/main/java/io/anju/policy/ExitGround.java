package io.anju.policy;

import io.anju.policy.yaml.Codes;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A ground on which a home is given back (退出), and what follows.
 *
 * @param movingMonths moving period (搬迁期), 0 for none
 * @param rentWithin rent in the moving period
 * @param rentAfter rent after it, for as long as the home is not given back
 * @param barYears for which the household may not apply again, 0 for none
 */
public record ExitGround(String id, Text name, int movingMonths, Rent rentWithin, Rent rentAfter, int barYears) {

    public enum Basis {
        /** The rent of the lease. */
        CONTRACT,
        /** The market rent of the place. */
        MARKET
    }

    /** So many percent of a rent. */
    public record Rent(Basis basis, BigDecimal percent) {
        String describe() {
            return percent.stripTrailingZeros().toPlainString() + " % " + Codes.kebab(basis);
        }
    }

    /**
     * @param movingUntil last day of the moving period; null for none
     * @param barredUntil last day of the bar; null for none
     */
    public record Outcome(
            @Nullable LocalDate movingUntil,
            @Nullable LocalDate barredUntil,
            Rent rentWithin,
            Rent rentAfter,
            Trace trace) {

        /** The rent that the home costs on a day after the exit. */
        public Rent rentOn(LocalDate day) {
            return movingUntil != null && !day.isAfter(movingUntil) ? rentWithin : rentAfter;
        }
    }

    /** @param endedOn day on which the household was told that it has to leave; periods count from the next day */
    public Outcome outcome(LocalDate endedOn) {
        var movingUntil = movingMonths == 0 ? null : endedOn.plusMonths(movingMonths);
        var barredUntil = barYears == 0 ? null : endedOn.plusYears(barYears);
        var facts = new LinkedHashMap<String, String>();
        facts.put("endedOn", endedOn.toString());
        var bound = movingMonths + " months at " + rentWithin.describe() + ", then " + rentAfter.describe();
        return new Outcome(
                movingUntil,
                barredUntil,
                rentWithin,
                rentAfter,
                new Trace("exit/" + id, facts, bound, text(movingUntil, barredUntil)));
    }

    private Text text(@Nullable LocalDate movingUntil, @Nullable LocalDate barredUntil) {
        var zh = new StringBuilder(name.zh()).append("：");
        var en = new StringBuilder(name.en()).append(": ");
        if (movingUntil == null) {
            zh.append("应立即腾退");
            en.append("the home is given back at once");
        } else {
            zh.append("应于 ").append(movingUntil).append(" 前腾退");
            en.append("the home is given back by ").append(movingUntil);
        }
        if (barredUntil != null) {
            zh.append("，").append(barredUntil).append(" 前不得再次申请");
            en.append("; no new application until ").append(barredUntil);
        }
        return new Text(zh.toString(), en.toString());
    }
}
