package io.anju.policy;

import io.anju.policy.yaml.Codes;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a subsidy stops, changes, resumes, is taken back or is void (停发、恢复、追缴), as rules about events. */
record SubsidyChanges(List<Rule> rules) {
    static final SubsidyChanges NONE = new SubsidyChanges(List.of());

    enum Effect {
        STOP,
        CHANGE,
        RESUME,
        VOID
    }

    enum From {
        THAT_MONTH,
        MONTH_AFTER
    }

    /**
     * @param from the first month that the effect touches; of a void the months of the event itself
     * @param length how long it must have lasted; null where it does not matter
     * @param recovers a stop that takes back what was paid since the event began
     * @param lifts the stops that a resumption ends
     * @param paysBack whether a resumption pays for the months between too
     */
    record Rule(
            String id,
            SubsidyEvent.Kind event,
            Effect effect,
            From from,
            @Nullable MonthLimit length,
            boolean recovers,
            Set<String> lifts,
            boolean paysBack,
            Text text) {

        Rule {
            lifts = Set.copyOf(lifts);
        }

        YearMonth firstMonth(SubsidyEvent happened) {
            var month = YearMonth.from(happened.on());
            return from == From.THAT_MONTH ? month : month.plusMonths(1);
        }

        boolean isLongEnough(SubsidyEvent happened) {
            return length == null || length.holds(since(happened), happened.on());
        }

        LocalDate since(SubsidyEvent happened) {
            var since = happened.since();
            if (since == null) {
                throw new MissingFactException("since of " + Codes.kebab(event));
            }
            return since;
        }
    }

    SubsidyChanges {
        rules = List.copyOf(rules);
    }

    /**
     * @throws MissingFactException when a rule needs more of an event than is told
     * @throws IllegalArgumentException for an event that the document says nothing about
     */
    SubsidyCourse course(SubsidyHistory history) {
        return new SubsidyTimeline(this, history).course();
    }

    /** Why the subsidy of so many unpaid months is void; empty where it is not. */
    Optional<MoneyStep> voided(int unpaidMonths) {
        return rules.stream()
                .filter(rule -> rule.event() == SubsidyEvent.Kind.OWN_SHARE_UNPAID && rule.effect() == Effect.VOID)
                .filter(rule -> rule.length() == null || rule.length().holds(unpaidMonths))
                .findFirst()
                .map(rule -> step(rule, unpaidMonths));
    }

    private static MoneyStep step(Rule rule, int unpaidMonths) {
        var wording = new Wording().fact("unpaidMonths", String.valueOf(unpaidMonths));
        var length = rule.length();
        if (length != null) {
            wording.bound(length.describe(), String.valueOf(length.months()));
        }
        return wording.step(rule.id(), null, rule.text());
    }

    boolean regulates(SubsidyEvent.Kind kind) {
        return rules.stream().anyMatch(rule -> rule.event() == kind);
    }

    Rule about(SubsidyEvent.Kind kind) {
        return rules.stream()
                .filter(rule -> rule.event() == kind)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the document has no rule about " + Codes.kebab(kind)));
    }
}
