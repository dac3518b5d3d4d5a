package io.anju.policy;

import io.anju.policy.yaml.Codes;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Lays the events of a subsidy over its months. */
final class SubsidyTimeline {
    private final SubsidyChanges changes;
    private final SubsidyHistory history;

    private final List<Stop> stops = new ArrayList<>();
    private final TreeMap<YearMonth, Change> amounts = new TreeMap<>();
    private final TreeMap<YearMonth, String> voids = new TreeMap<>();
    private final List<Acted> acted = new ArrayList<>();

    /** From the first month on, until the resumption's; null while there is none. */
    private static final class Stop {
        private final SubsidyChanges.Rule rule;
        private final YearMonth first;
        private final YearMonth recoversFrom;
        private @Nullable YearMonth resumed;

        private Stop(SubsidyChanges.Rule rule, YearMonth first, YearMonth recoversFrom) {
            this.rule = rule;
            this.first = first;
            this.recoversFrom = recoversFrom;
        }

        private boolean stops(YearMonth month) {
            return !month.isBefore(first) && (resumed == null || month.isBefore(resumed));
        }

        private boolean recovers(YearMonth month) {
            return month.isBefore(first) && !month.isBefore(recoversFrom);
        }
    }

    private record Change(String rule, long fen) {}

    /** An event that a rule acted on. */
    private record Acted(SubsidyChanges.Rule rule, SubsidyEvent event, YearMonth first) {}

    SubsidyTimeline(SubsidyChanges changes, SubsidyHistory history) {
        this.changes = changes;
        this.history = history;
    }

    SubsidyCourse course() {
        history.events().stream()
                .sorted(Comparator.comparing(SubsidyEvent::on).thenComparing(SubsidyEvent::kind))
                .forEach(this::lay);
        var months = new ArrayList<SubsidyCourse.Month>();
        for (var month = history.from(); !month.isAfter(history.to()); month = month.plusMonths(1)) {
            months.add(month(month));
        }
        return new SubsidyCourse(
                months,
                sum(months, SubsidyCourse.State.PAYABLE, null),
                sum(months, SubsidyCourse.State.TO_RECOVER, null),
                acted.stream().map(one -> step(one, months)).toList());
    }

    private void lay(SubsidyEvent event) {
        var rule = changes.about(event.kind());
        switch (rule.effect()) {
            case STOP -> stop(rule, event);
            case CHANGE -> change(rule, event);
            case RESUME -> resume(rule, event);
            case VOID -> makeVoid(rule, event);
        }
    }

    private void stop(SubsidyChanges.Rule rule, SubsidyEvent event) {
        if (rule.isLongEnough(event)) {
            var first = rule.firstMonth(event);
            var recoversFrom = rule.recovers() ? YearMonth.from(rule.since(event)) : first;
            stops.add(new Stop(rule, first, recoversFrom));
            acted.add(new Acted(rule, event, first));
        }
    }

    private void change(SubsidyChanges.Rule rule, SubsidyEvent event) {
        var fen = event.monthlyFen();
        if (fen == null) {
            throw new MissingFactException("monthlyFen of " + Codes.kebab(event.kind()));
        }
        amounts.put(rule.firstMonth(event), new Change(rule.id(), fen));
        acted.add(new Acted(rule, event, rule.firstMonth(event)));
    }

    private void resume(SubsidyChanges.Rule rule, SubsidyEvent event) {
        var resumed = rule.firstMonth(event);
        for (var stop : stops) {
            if (stop.resumed == null && rule.lifts().contains(stop.rule.id())) {
                stop.resumed = rule.paysBack() ? stop.first : resumed;
            }
        }
        acted.add(new Acted(rule, event, resumed));
    }

    /** The months of all such events count together (累计). */
    private void makeVoid(SubsidyChanges.Rule rule, SubsidyEvent event) {
        var months = new TreeSet<YearMonth>();
        history.events().stream()
                .filter(other -> other.kind() == event.kind())
                .filter(other -> !other.on().isAfter(event.on()))
                .forEach(other -> months.addAll(monthsOf(rule, other)));
        var limit = rule.length();
        if (limit == null || limit.holds(months.size())) {
            months.forEach(month -> voids.put(month, rule.id()));
            acted.add(new Acted(rule, event, months.first()));
        }
    }

    private static Set<YearMonth> monthsOf(SubsidyChanges.Rule rule, SubsidyEvent event) {
        var months = new TreeSet<YearMonth>();
        var last = YearMonth.from(event.on());
        for (var month = YearMonth.from(rule.since(event)); !month.isAfter(last); month = month.plusMonths(1)) {
            months.add(month);
        }
        return months;
    }

    private SubsidyCourse.Month month(YearMonth month) {
        var stop = stops.stream().filter(one -> one.stops(month)).findFirst();
        if (stop.isPresent()) {
            return new SubsidyCourse.Month(
                    month, SubsidyCourse.State.STOPPED, 0, stop.get().rule.id());
        }
        var change = Optional.ofNullable(amounts.floorEntry(month)).map(entry -> entry.getValue());
        long fen = change.map(Change::fen).orElse(history.monthlyFen());
        var recovering = stops.stream().filter(one -> one.recovers(month)).findFirst();
        if (recovering.isPresent()) {
            return new SubsidyCourse.Month(
                    month,
                    SubsidyCourse.State.TO_RECOVER,
                    fen,
                    recovering.get().rule.id());
        }
        var voided = voids.get(month);
        return voided == null
                ? new SubsidyCourse.Month(
                        month,
                        SubsidyCourse.State.PAYABLE,
                        fen,
                        change.map(Change::rule).orElse(""))
                : new SubsidyCourse.Month(month, SubsidyCourse.State.VOID, 0, voided);
    }

    private static long sum(List<SubsidyCourse.Month> months, SubsidyCourse.State state, @Nullable String rule) {
        return months.stream()
                .filter(month -> month.state() == state)
                .filter(month -> rule == null || month.rule().equals(rule))
                .mapToLong(SubsidyCourse.Month::fen)
                .reduce(0, Math::addExact);
    }

    /** The amount is what the rule takes back, or the subsidy that it sets. */
    private MoneyStep step(Acted one, List<SubsidyCourse.Month> months) {
        var rule = one.rule();
        var event = one.event();
        var wording = new Wording()
                .fact("event", Codes.kebab(event.kind()))
                .fact("on", event.on().toString())
                .value("month", one.first().toString());
        var since = event.since();
        if (since != null) {
            wording.fact("since", since.toString());
        }
        var limit = rule.length();
        if (limit != null) {
            wording.bound(limit.describe(), String.valueOf(limit.months()));
        }
        return wording.step(rule.id(), fen(one, months), rule.text());
    }

    private static @Nullable Long fen(Acted one, List<SubsidyCourse.Month> months) {
        return switch (one.rule().effect()) {
            case CHANGE -> one.event().monthlyFen();
            case STOP ->
                one.rule().recovers()
                        ? sum(months, SubsidyCourse.State.TO_RECOVER, one.rule().id())
                        : null;
            case RESUME, VOID -> null;
        };
    }
}
