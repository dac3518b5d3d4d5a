package io.anju.arrears;

import io.anju.platform.time.WorkingDays;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One household's arrears under Qingdao's sample rules, counted day by day and with none of the product's own rules: bills
 * and payments go in, steps and fees come out.
 */
final class YearModel {
    private static final WorkingDays CALENDAR = WorkingDays.load();
    private static final long GUARD_FEN = 50_000;
    private static final int BREACH_DAYS = 10;
    private static final int COMPLAINT_DAYS = 90;

    final Map<UUID, ModelBill> bills = new LinkedHashMap<>();
    final List<Taken> steps = new ArrayList<>();
    final List<Pause> pauses = new ArrayList<>();
    private final Set<String> climbed = new TreeSet<>();
    boolean hasCase;
    /** Of the case that is open now. */
    @Nullable
    LocalDate noticeReached;

    @Nullable
    Plan plan;

    @Nullable
    UUID complaint;

    boolean complaintIsOpen;

    @Nullable
    LocalDate deferredOn;

    private @Nullable LocalDate latePaymentOn;
    private final Set<@Nullable UUID> complaints = new HashSet<>();
    long creditFen;
    /** What is to be paid beside the rent: the deposit and late fees, which credit pays first. */
    long otherFen;

    long otherPaidFen;
    /** Due before everything else. */
    long depositFen;

    record Taken(String rung, LocalDate on, long overdueFen) {}

    static final class Pause {
        final LocalDate from;
        LocalDate last;
        final @Nullable UUID source;

        Pause(LocalDate from, LocalDate last, @Nullable UUID source) {
            this.from = from;
            this.last = last;
            this.source = source;
        }

        boolean holds(LocalDate day) {
            return !day.isBefore(from) && !day.isAfter(last);
        }
    }

    static final class Plan {
        final UUID id;
        final Map<UUID, Long> owed;
        final TreeMap<LocalDate, Long> parts;
        String state = "running";

        Plan(UUID id, Map<UUID, Long> owed, TreeMap<LocalDate, Long> parts) {
            this.id = id;
            this.owed = owed;
            this.parts = parts;
        }
    }

    boolean isPaused(LocalDate day) {
        return pauses.stream().anyMatch(pause -> pause.holds(day));
    }

    List<ModelBill> overdue(LocalDate today) {
        return bills.values().stream()
                .filter(bill -> bill.dueOn.isBefore(today) && bill.openFen() > 0)
                .toList();
    }

    long overdueFen(LocalDate today) {
        return overdue(today).stream().mapToLong(ModelBill::openFen).sum();
    }

    /** The oldest first; what is too much is credit. */
    void pay(LocalDate today, long fen) {
        creditFen += settle(today, fen);
    }

    private long settle(LocalDate today, long fen) {
        var left = fen;
        for (var bill : bills.values()) {
            var part = Math.min(left, bill.openFen());
            if (part > 0) {
                bill.paid.merge(today, part, Long::sum);
                latePaymentOn = bill.dueOn.isBefore(today) ? today : latePaymentOn;
                left -= part;
            }
        }
        return left;
    }

    @Nullable
    UUID oldestDebt(LocalDate today) {
        return bills.entrySet().stream()
                .filter(one ->
                        one.getValue().dueOn.isBefore(today) && one.getValue().openFen() > 0)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    /** What is given up is as good as paid, from that day on; what is paid already cannot be given up. */
    void giveUp(UUID id, long fen, LocalDate today) {
        var part = Math.min(fen, bill(id).openFen());
        if (part > 0) {
            bill(id).paid.merge(today, part, Long::sum);
            bill(id).givenUpFen += part;
        }
    }

    void issue(UUID id, ModelBill bill, LocalDate today) {
        bills.put(id, bill);
        useCredit(today);
    }

    private void useCredit(LocalDate today) {
        var other = Math.min(creditFen, otherFen);
        otherFen -= other;
        otherPaidFen += other;
        creditFen = settle(today, creditFen - other);
    }

    /** Whether the night looks at this household: for a debt, a fee that is not final, or late money of two days ago. */
    private boolean isWatched(LocalDate today) {
        return hasCase
                || !overdue(today).isEmpty()
                || latePaymentOn != null && !today.isAfter(latePaymentOn.plusDays(2))
                || bills.values().stream().anyMatch(bill -> bill.wasLate && !bill.feeIsFinal);
    }

    void night(LocalDate today) {
        if (!isWatched(today)) {
            return;
        }
        followComplaint(today);
        var paused = isPaused(today);
        var overdue = overdue(today);
        overdue.forEach(bill -> bill.wasLate = true);
        followPlan(today);
        if (overdue.isEmpty()) {
            hasCase = false;
            climbed.clear();
            noticeReached = null;
        } else {
            hasCase = true;
            if (!paused) {
                climb(today, overdue);
            }
        }
        bills.values().forEach(bill -> charge(bill, today));
    }

    /** Each complaint pauses once, from the night that finds it open to the day before the one that finds it answered. */
    private void followComplaint(LocalDate today) {
        var open = complaintIsOpen ? complaint : null;
        if (open != null && complaints.add(open)) {
            pauses.add(new Pause(today, today.plusDays(COMPLAINT_DAYS - 1L), open));
        }
        pauses.stream()
                .filter(pause -> pause.holds(today) && complaints.contains(pause.source))
                .filter(pause -> !Objects.equals(pause.source, open))
                .forEach(pause -> pause.last = today.minusDays(1));
    }

    void grantPlan(UUID id, int count, LocalDate today) {
        var owed = new LinkedHashMap<UUID, Long>();
        bills.forEach((billId, bill) -> {
            if (bill.dueOn.isBefore(today) && bill.openFen() > 0) {
                owed.put(billId, bill.openFen());
            }
        });
        var debt = owed.values().stream().mapToLong(Long::longValue).sum();
        var first = Math.max(debt / count, (debt + 9) / 10);
        var parts = new TreeMap<LocalDate, Long>();
        for (var number = 0; number < count; number++) {
            var even = number == 0 ? first : (debt - first) / (count - 1);
            var sum = parts.values().stream().mapToLong(Long::longValue).sum();
            parts.put(today.plusMonths(1).plusMonths(number), number == count - 1 ? debt - sum : even);
        }
        plan = new Plan(id, owed, parts);
        pauses.add(new Pause(today, parts.lastKey().plusDays(BREACH_DAYS), id));
    }

    /** One a year. */
    void defer(UUID id, LocalDate until, LocalDate today) {
        deferredOn = today;
        pauses.add(new Pause(today, until, id));
    }

    /** Whether a deferral or a plan holds, so that nothing else can be asked for. */
    boolean isRelieved(LocalDate today) {
        return pauses.stream()
                .anyMatch(pause -> pause.source != null && !complaints.contains(pause.source) && pause.holds(today));
    }

    /** Whether the notice was sent whose delivery harder steps wait for. */
    boolean isNoticed() {
        return climbed.contains("formal-notice");
    }

    long paidOfPlan(Plan of) {
        return of.owed.entrySet().stream()
                .mapToLong(one -> one.getValue() - bill(one.getKey()).openFen())
                .sum();
    }

    ModelBill bill(UUID id) {
        return Objects.requireNonNull(bills.get(id));
    }

    /** What of the plan must be paid by a day and is not. */
    long missing(Plan of, LocalDate day) {
        var by = of.parts.headMap(day, true).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        return Math.max(0, by - paidOfPlan(of));
    }

    private void followPlan(LocalDate today) {
        var of = plan;
        if (of == null || !of.state.equals("running")) {
            return;
        }
        var debt = of.owed.values().stream().mapToLong(Long::longValue).sum();
        if (paidOfPlan(of) >= debt) {
            of.state = "kept";
        } else if (missing(of, today.minusDays(BREACH_DAYS + 1L)) > 0) {
            of.state = "breached";
        } else {
            return;
        }
        for (var pause : pauses) {
            if (of.id.equals(pause.source) && !pause.last.isBefore(today)) {
                pause.last = today.minusDays(1);
            }
        }
    }

    private void climb(LocalDate today, List<ModelBill> overdue) {
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
            late += isPaused(day) ? 1 : 0;
        }
        var ladder = new LinkedHashMap<String, Boolean>();
        ladder.put("kind-reminder", isReached(since.plusDays(1), late, today));
        ladder.put("formal-notice", isReached(workingDaysAfter(since, 15), late, today));
        ladder.put("estate-notice", isReached(since.plusMonths(1), late, today));
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

    private void charge(ModelBill bill, LocalDate today) {
        if (!bill.wasLate || bill.feeIsFinal) {
            return;
        }
        var isSettled = bill.openAfter(today.minusDays(1)) == 0;
        var through = isSettled ? today.minusDays(1) : today.withDayOfMonth(1).minusDays(1);
        var fen = bill.feeFen(through, this::isPaused);
        if (fen != bill.feeFen && through.isAfter(bill.feeThrough)) {
            otherFen += fen - bill.feeFen;
            bill.feeFen = fen;
            bill.feeThrough = through;
            useCredit(today);
        }
        bill.feeIsFinal = isSettled;
    }
}
