package io.anju.arrears;

import io.anju.platform.time.WorkingDays;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The steps that are taken in {@link YearModel}: at most one a day, each once while a case is open. */
final class ModelLadder {
    private static final WorkingDays CALENDAR = WorkingDays.load();
    private static final long GUARD_FEN = 50_000;

    final List<Taken> steps = new ArrayList<>();
    private final Set<String> climbed = new TreeSet<>();
    /** Of the case that is open now. */
    @Nullable
    LocalDate noticeReached;

    record Taken(String rung, LocalDate on, long overdueFen) {}

    /** All is paid: a later case begins below. */
    void close() {
        climbed.clear();
        noticeReached = null;
    }

    /** Whether the notice was sent whose delivery harder steps wait for. */
    boolean isNoticed() {
        return climbed.contains("formal-notice");
    }

    /** @param hasLeft whether another has the home by now, so that nobody calls there */
    void climb(LocalDate today, List<ModelBill> overdue, Predicate<LocalDate> isPaused, boolean hasLeft) {
        var since = overdue.stream()
                .map(bill -> bill.dueOn)
                .min(LocalDate::compareTo)
                .orElseThrow();
        var fen = overdue.stream().mapToLong(ModelBill::openFen).sum();
        var months = overdue.stream()
                .mapToLong(bill -> ChronoUnit.MONTHS.between(bill.from, bill.to.plusDays(1)))
                .sum();
        var late = 0L;
        for (var day = since.plusDays(1); !day.isAfter(today); day = day.plusDays(1)) {
            late += isPaused.test(day) ? 1 : 0;
        }
        var ladder = new LinkedHashMap<String, Boolean>();
        ladder.put("kind-reminder", isReached(since.plusDays(1), late, today));
        ladder.put("formal-notice", isReached(workingDaysAfter(since, 15), late, today));
        ladder.put("estate-notice", !hasLeft && isReached(since.plusMonths(1), late, today));
        ladder.put(
                "credit-record",
                isReached(since.plusMonths(2), late, today) && fen >= GUARD_FEN && months >= 1 && isTold(15, today));
        ladder.put(
                "court-file",
                isReached(since.plusMonths(3), late, today) && fen >= GUARD_FEN && months >= 2 && isTold(30, today));
        var names = List.copyOf(ladder.keySet());
        for (var i = names.size() - 1; i >= 0; i--) {
            if (climbed.contains(names.get(i))) {
                names = names.subList(i + 1, names.size());
                break;
            }
        }
        names.stream()
                .filter(name -> ladder.getOrDefault(name, false))
                .findFirst()
                .ifPresent(name -> {
                    climbed.add(name);
                    steps.add(new Taken(name, today, fen));
                });
    }

    private static boolean isReached(LocalDate day, long later, LocalDate today) {
        return !today.isBefore(day.plusDays(later));
    }

    private boolean isTold(int days, LocalDate today) {
        return noticeReached != null && !today.isBefore(noticeReached.plusDays(days));
    }

    private static LocalDate workingDaysAfter(LocalDate since, int days) {
        var day = since;
        for (var left = days; left > 0; left -= CALENDAR.isWorkingDay(day) ? 1 : 0) {
            day = day.plusDays(1);
        }
        return day;
    }
}
