package io.anju.arrears;

import io.anju.arrears.ArrearsCase.Pause;
import io.anju.arrears.ArrearsCase.Step;
import io.anju.policy.Arrears;
import io.anju.policy.ArrearsFollowUp.Climbed;
import io.anju.policy.OverdueStretch;
import io.anju.rent.Debts.Debt;
import io.anju.rent.Debts.Settled;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How days, months and sums of arrears follow from bills; pure. */
final class ArrearsPolicy {
    private ArrearsPolicy() {}

    /** What a tenant owes by the overdue bills; empty where nothing is overdue. */
    static Optional<Arrears> arrears(List<Debt> overdue) {
        return overdue.stream().map(Debt::dueOn).min(LocalDate::compareTo).map(since -> {
            var fen = overdue.stream().mapToLong(Debt::dueFen).sum();
            var inAll = overdue.stream().mapToInt(ArrearsPolicy::months).sum();
            return new Arrears(since, fen, Math.min(running(overdue), inAll), inAll);
        });
    }

    /** Whole months that a bill is for; days of a month that is not whole count as none. */
    static int months(Debt debt) {
        return (int) ChronoUnit.MONTHS.between(debt.from(), debt.to().plusDays(1));
    }

    /** Months unpaid in a row up to now: of the newest overdue bills that follow one another without a gap. */
    private static int running(List<Debt> overdue) {
        var newestFirst = overdue.stream()
                .sorted((one, other) -> other.from().compareTo(one.from()))
                .toList();
        var months = 0;
        for (var i = 0; i < newestFirst.size(); i++) {
            if (i > 0
                    && newestFirst
                            .get(i)
                            .to()
                            .isBefore(newestFirst.get(i - 1).from().minusDays(1))) {
                break;
            }
            months += months(newestFirst.get(i));
        }
        return months;
    }

    /** Days in arrears on a day: the day after the bill was due is the first. */
    static int days(LocalDate unpaidSince, LocalDate today) {
        return (int) Math.max(0, ChronoUnit.DAYS.between(unpaidSince, today));
    }

    /** Days from the day after the first to the last on which some pause held; days of two pauses count once. */
    static int pausedDays(List<Pause> pauses, LocalDate after, LocalDate last) {
        return (int) after.plusDays(1)
                .datesUntil(last.isAfter(after) ? last.plusDays(1) : after.plusDays(1))
                .filter(day -> isPaused(pauses, day))
                .count();
    }

    static boolean isPaused(List<Pause> pauses, LocalDate day) {
        return pauses.stream().anyMatch(pause -> pause.holds(day));
    }

    /** The last day of the pauses that hold without a gap from a day on; empty where none holds on it. */
    static Optional<LocalDate> pausedUntil(List<Pause> pauses, LocalDate day) {
        var last = day;
        while (isPaused(pauses, last)) {
            var from = last;
            last = pauses.stream()
                    .filter(pause -> pause.holds(from))
                    .map(Pause::lastDay)
                    .max(LocalDate::compareTo)
                    .orElseThrow()
                    .plusDays(1);
        }
        return last.equals(day) ? Optional.empty() : Optional.of(last.minusDays(1));
    }

    /** How far a case has climbed by the steps that were taken in it. */
    static Climbed climbed(List<Step> steps, int pausedDays, boolean hasLeft) {
        Map<String, LocalDate> delivered = new HashMap<>();
        for (var step : steps) {
            step.deliveries().stream()
                    .map(ArrearsCase.Delivery::on)
                    .min(LocalDate::compareTo)
                    .ifPresent(on -> delivered.put(step.rung(), on));
        }
        return new Climbed(steps.stream().map(Step::rung).collect(Collectors.toSet()), delivered, pausedDays, hasLeft);
    }

    /** What was to be paid of a bill in all when a day ended: what a void made due counts from its day on. */
    static long owedFen(Debt debt, LocalDate day) {
        var voided = debt.voided();
        return voided != null && day.isBefore(voided.on()) ? debt.ownFen() - voided.fen() : debt.ownFen();
    }

    /**
     * How long which part of a bill was overdue. A payment counts from the day after it: the day itself is still late. So
     * does the void of a subsidy: on the day itself only the own share is late.
     *
     * @param settled what was paid of this bill, day by day
     * @param through last day that counts
     */
    static List<OverdueStretch> stretches(Debt debt, List<Settled> settled, List<Pause> pauses, LocalDate through) {
        var paid = new TreeMap<LocalDate, Long>();
        settled.forEach(one -> paid.merge(one.on(), one.fen(), Long::sum));
        var stretches = new ArrayList<OverdueStretch>();
        var voided = debt.voided();
        if (voided != null) {
            paid.merge(voided.on(), -voided.fen(), Long::sum);
        }
        var open = debt.ownFen()
                - (voided == null ? 0 : voided.fen())
                - paid.headMap(debt.dueOn(), true).values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
        var from = debt.dueOn().plusDays(1);
        for (var payment : paid.tailMap(debt.dueOn(), false).entrySet()) {
            add(stretches, open, from, earlier(payment.getKey(), through), pauses);
            open -= payment.getValue();
            from = payment.getKey().plusDays(1);
        }
        add(stretches, open, from, through, pauses);
        return List.copyOf(stretches);
    }

    private static void add(
            List<OverdueStretch> stretches, long open, LocalDate from, LocalDate to, List<Pause> pauses) {
        if (open <= 0 || to.isBefore(from)) {
            return;
        }
        var days = (int) ChronoUnit.DAYS.between(from, to) + 1 - pausedDays(pauses, from.minusDays(1), to);
        stretches.add(new OverdueStretch(open, days));
    }

    private static LocalDate earlier(LocalDate a, LocalDate b) {
        return a.isBefore(b) ? a : b;
    }
}
