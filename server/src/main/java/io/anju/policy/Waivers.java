package io.anju.policy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What refusing an offer (弃选、弃签) leads to. */
public record Waivers(List<Step> steps) {

    public enum Consequence {
        /** Nothing happens. */
        NONE,
        /** The household goes to the end of the list. */
        TO_THE_END,
        /** The household leaves the list and may not apply again for some years. */
        BAR,
        /** An item of the score takes points off. */
        POINTS
    }

    /**
     * @param from the refusal, counted from 1, from which on this step applies
     * @param years of the bar; 0 otherwise
     * @param item of the score that takes the points off; null otherwise
     */
    public record Step(
            int from,
            Consequence consequence,
            int years,
            @Nullable String item,
            Text text) {}

    /**
     * @param barredUntil last day of the bar; null without one
     * @param points that the item takes off from this refusal on, as the score counts them; null without one
     */
    public record Outcome(
            Consequence consequence,
            @Nullable LocalDate barredUntil,
            @Nullable String item,
            @Nullable BigDecimal points,
            Trace trace) {}

    public Waivers {
        steps = List.copyOf(steps);
    }

    /**
     * What the household's newest refusal leads to.
     *
     * @param waiverCount refusals with this one, at least 1
     * @param scoring whose items tell what they take off
     */
    Outcome outcome(int waiverCount, LocalDate waivedOn, Scoring scoring) {
        if (waiverCount < 1) {
            throw new IllegalArgumentException("the first refusal is number 1, not " + waiverCount);
        }
        var step = stepOf(waiverCount);
        var until = step.consequence() == Consequence.BAR
                ? waivedOn.plusYears(step.years()).minusDays(1)
                : null;
        var facts = Map.of("waiverCount", String.valueOf(waiverCount), "waivedOn", waivedOn.toString());
        var text = step.text().with(facts).with(Map.of("until", String.valueOf(until)));
        return new Outcome(
                step.consequence(),
                until,
                step.item(),
                step.item() == null ? null : scoring.takenOff(step.item(), waiverCount),
                new Trace("waivers", facts, "≥ " + step.from(), text));
    }

    private Step stepOf(int waiverCount) {
        var found = steps.get(0);
        for (var step : steps) {
            if (step.from() <= waiverCount) {
                found = step;
            }
        }
        return found;
    }
}
