package io.anju.arrears;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What eases the arrears in {@link YearModel}: pauses, complaints, deferrals and instalments. */
final class ModelRelief {
    private static final int BREACH_DAYS = 10;
    private static final int COMPLAINT_DAYS = 90;

    final List<Pause> pauses = new ArrayList<>();
    private final Set<@Nullable UUID> complaints = new HashSet<>();

    @Nullable
    Plan plan;

    @Nullable
    UUID complaint;

    boolean complaintIsOpen;

    @Nullable
    LocalDate deferredOn;

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

    /** Each complaint pauses once, from the night that finds it open to the day before the one that finds it answered. */
    void followComplaint(LocalDate today) {
        var open = complaintIsOpen ? complaint : null;
        if (open != null && complaints.add(open)) {
            pauses.add(new Pause(today, today.plusDays(COMPLAINT_DAYS - 1L), open));
        }
        pauses.stream()
                .filter(pause -> pause.holds(today) && complaints.contains(pause.source))
                .filter(pause -> !Objects.equals(pause.source, open))
                .forEach(pause -> pause.last = today.minusDays(1));
    }

    void grantPlan(UUID id, int count, LocalDate today, Map<UUID, ModelBill> bills) {
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

    /**
     * A bill that a refund left with more to pay than the plan began with counts as not paid, and one that turned out to be
     * another tenant's as paid.
     */
    private static long paidOfPlan(Plan of, Map<UUID, ModelBill> bills) {
        return of.owed.entrySet().stream()
                .mapToLong(one -> Math.max(
                        0,
                        one.getValue()
                                - (bills.containsKey(one.getKey())
                                        ? Objects.requireNonNull(bills.get(one.getKey()))
                                                .openFen()
                                        : 0)))
                .sum();
    }

    /** What of the plan must be paid by a day and is not. */
    long missing(Plan of, LocalDate day, Map<UUID, ModelBill> bills) {
        var by = of.parts.headMap(day, true).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        return Math.max(0, by - paidOfPlan(of, bills));
    }

    void followPlan(LocalDate today, Map<UUID, ModelBill> bills) {
        var of = plan;
        if (of == null || !of.state.equals("running")) {
            return;
        }
        var debt = of.owed.values().stream().mapToLong(Long::longValue).sum();
        if (paidOfPlan(of, bills) >= debt) {
            of.state = "kept";
        } else if (missing(of, today.minusDays(BREACH_DAYS + 1L), bills) > 0) {
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
}
