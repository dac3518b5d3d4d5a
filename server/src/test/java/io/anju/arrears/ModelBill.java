package io.anju.arrears;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A bill in {@link YearModel}, with what was paid of it, given up or taken back, and what being late has cost. */
final class ModelBill {
    /** As the database orders their ids. */
    static final Comparator<ModelBill> OLDEST =
            Comparator.comparing((ModelBill bill) -> bill.dueOn).thenComparing(bill -> bill.id.toString());

    final UUID id;
    final LocalDate from;
    final LocalDate to;
    final LocalDate dueOn;
    final long fen;
    private final long subsidyFen;
    /** What settled it, with what was given up; below zero where money went back. */
    final TreeMap<LocalDate, Long> settled = new TreeMap<>();

    long givenUpFen;
    private long creditedFen;
    private long subsidyCreditedFen;
    /** The day on which its subsidy became void. */
    @Nullable
    LocalDate voidOn;

    boolean wasLate;
    boolean feeIsFinal;
    long feeFen;
    LocalDate feeThrough;
    final List<ModelBill> fees = new ArrayList<>();

    ModelBill(UUID id, LocalDate from, LocalDate to, LocalDate dueOn, long fen, long subsidyFen) {
        this.id = id;
        this.from = from;
        this.to = to;
        this.dueOn = dueOn;
        this.fen = fen;
        this.subsidyFen = subsidyFen;
        this.feeThrough = dueOn;
    }

    /** What the household still has to pay. */
    long openFen() {
        return owedFen(voidOn != null) - sum(settled);
    }

    private long owedFen(boolean isVoid) {
        return fen - creditedFen - (isVoid ? 0 : ofSubsidyFen());
    }

    private static long sum(Map<LocalDate, Long> parts) {
        return parts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** What the subsidy bears or was to bear. */
    long ofSubsidyFen() {
        return subsidyFen - subsidyCreditedFen;
    }

    long creditedFen() {
        return creditedFen;
    }

    /** What money settled of it. */
    long paidFen() {
        return sum(settled) - givenUpFen;
    }

    /** What may still be taken back. */
    long creditableFen() {
        return fen - creditedFen - givenUpFen;
    }

    /** The own share is taken back first. */
    void credit(long part) {
        var ownFen = Math.max(0, creditableFen() - ofSubsidyFen());
        creditedFen += part;
        subsidyCreditedFen += Math.max(0, part - ownFen);
    }

    boolean isLate(LocalDate today) {
        return dueOn.isBefore(today);
    }

    /** What was still owed of it when this day ended. */
    long openAfter(LocalDate day) {
        return owedFen(voidOn != null && !voidOn.isAfter(day)) - sum(settled.headMap(day, true));
    }

    /** Where its subsidy stands; none where nothing is left of it. */
    String subsidy() {
        if (ofSubsidyFen() == 0) {
            return "none";
        }
        if (voidOn != null) {
            return "void";
        }
        return openFen() == 0 ? "granted" : "pending";
    }

    /** For each late day that is not paused, behind the free ones. */
    long feeFen(ModelCity city, LocalDate through, Predicate<LocalDate> isPaused) {
        var days = 0;
        var sum = 0L;
        var most = 0L;
        for (var day = dueOn.plusDays(1); !day.isAfter(through); day = day.plusDays(1)) {
            var open = openAfter(day.minusDays(1));
            if (open > 0 && !isPaused.test(day)) {
                days++;
                most = Math.max(most, open);
                sum += days > city.graceDays() ? open : 0;
            }
        }
        var fee = city.feeFen(sum);
        return city.feeIsCapped() ? Math.min(most, fee) : fee;
    }
}
