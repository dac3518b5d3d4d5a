package io.anju.policy;

import io.anju.policy.number.Range;
import io.anju.policy.yaml.YamlNode;
import java.time.LocalDate;

/** More than, or at least, so many months; documents say which. */
record MonthLimit(Range.Op op, int months) {
    private static final int MAX_MONTHS = 120;

    /** Whole months, e.g. those that are unpaid. */
    boolean holds(long count) {
        return op.holds(Long.compare(count, months));
    }

    /** To the day: six months from 31 August end on the last day of February. */
    boolean holds(LocalDate first, LocalDate last) {
        return op.holds(last.compareTo(first.plusMonths(months)));
    }

    String describe() {
        return (op == Range.Op.GT ? "> " : "≥ ") + months;
    }

    static MonthLimit read(YamlNode node) {
        node.onlyKeys("gt", "ge");
        if (node.find("gt").isPresent() == node.find("ge").isPresent()) {
            throw node.broken("either gt or ge is expected here");
        }
        return node.find("gt").isPresent()
                ? new MonthLimit(Range.Op.GT, node.get("gt").integer(0, MAX_MONTHS))
                : new MonthLimit(Range.Op.GE, node.get("ge").integer(1, MAX_MONTHS));
    }
}
