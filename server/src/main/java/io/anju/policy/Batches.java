package io.anju.policy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/**
 * How homes that are offered together find their short-list (配租批次).
 *
 * @param perHome households that are called for each home, at least 1
 * @param reCheckWorkingDays within which the called households are checked again
 */
public record Batches(BigDecimal perHome, RoundingMode rounding, int reCheckWorkingDays) {

    /** @param length households on the short-list */
    public record ShortList(int length, Trace trace) {}

    /** @param homes in the batch, 0 or more */
    public ShortList shortList(int homes) {
        if (homes < 0) {
            throw new IllegalArgumentException("a batch has no fewer than 0 homes: " + homes);
        }
        var length = perHome.multiply(BigDecimal.valueOf(homes))
                .setScale(0, rounding)
                .intValueExact();
        var ratio = "1:" + perHome.stripTrailingZeros().toPlainString();
        var facts = Map.of("homes", String.valueOf(homes));
        var text = new Text(
                homes + " 套房源按 " + ratio + " 确定 " + length + " 户入围",
                homes + " homes at " + ratio + " make a short-list of " + length + " households");
        return new ShortList(length, new Trace("batches", facts, ratio, text));
    }
}
