package io.anju.arrears;

import java.time.LocalDate;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A bill of rent in {@link YearModel}, with what was paid of it or given up, and what being late has cost. */
final class ModelBill {
    private static final int GRACE_DAYS = 5;
    private static final int FEN_PER_DAY_OF = 2_000;

    final LocalDate from;
    final LocalDate to;
    final LocalDate dueOn;
    final long fen;
    final TreeMap<LocalDate, Long> paid = new TreeMap<>();
    long givenUpFen;
    boolean wasLate;
    boolean feeIsFinal;
    long feeFen;
    LocalDate feeThrough;

    ModelBill(LocalDate from, LocalDate to, LocalDate dueOn, long fen) {
        this.from = from;
        this.to = to;
        this.dueOn = dueOn;
        this.fen = fen;
        this.feeThrough = dueOn;
    }

    long openFen() {
        return fen - paid.values().stream().mapToLong(Long::longValue).sum();
    }

    /** What money settled of it. */
    long paidFen() {
        return fen - openFen() - givenUpFen;
    }

    /** What was still owed of it when this day ended. */
    long openAfter(LocalDate day) {
        return fen
                - paid.headMap(day, true).values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
    }

    /** Half of a thousandth for each late day that is not paused, the first five free; at most what was late. */
    long feeFen(LocalDate through, Predicate<LocalDate> isPaused) {
        var days = 0;
        var sum = 0L;
        var most = 0L;
        for (var day = dueOn.plusDays(1); !day.isAfter(through); day = day.plusDays(1)) {
            var open = openAfter(day.minusDays(1));
            if (open > 0 && !isPaused.test(day)) {
                days++;
                most = Math.max(most, open);
                sum += days > GRACE_DAYS ? open : 0;
            }
        }
        return Math.min(most, (sum + FEN_PER_DAY_OF / 2) / FEN_PER_DAY_OF);
    }
}
