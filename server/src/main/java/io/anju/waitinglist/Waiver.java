package io.anju.waitinglist;

import io.anju.policy.Text;
import io.anju.policy.Waivers;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The refusal of one offer (弃选), with what the policy says about it.
 *
 * @param number refusals with this one
 * @param barredUntil last day of the bar; null unless barred
 */
public record Waiver(
        String offerNumber,
        LocalDate waivedOn,
        int number,
        Consequence consequence,
        @Nullable LocalDate barredUntil,
        Text text) {

    /** What follows from a refusal. */
    public enum Consequence {
        NONE,
        POINTS,
        TO_THE_END,
        BARRED;

        /** The name in the contract and in the database. */
        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Consequence of(Waivers.Consequence said) {
            return switch (said) {
                case NONE -> NONE;
                case POINTS -> POINTS;
                case TO_THE_END -> TO_THE_END;
                case BAR -> BARRED;
            };
        }
    }

    private static final Text SILENT = new Text("该市规则未对弃选作出规定", "The city's rules say nothing about refused offers");

    /** What a document that is silent about refusals leads to. */
    static Waiver withoutConsequence(String offerNumber, LocalDate waivedOn, int number) {
        return new Waiver(offerNumber, waivedOn, number, Consequence.NONE, null, SILENT);
    }

    static Waiver of(String offerNumber, LocalDate waivedOn, int number, Waivers.Outcome outcome) {
        return new Waiver(
                offerNumber,
                waivedOn,
                number,
                Consequence.of(outcome.consequence()),
                outcome.barredUntil(),
                outcome.trace().text());
    }
}
