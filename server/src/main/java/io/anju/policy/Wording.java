package io.anju.policy;

import io.anju.policy.number.Rational;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers what one step of money looked at, and puts it into the step's text. */
final class Wording {
    static final String LIMIT = EligibilityRule.LIMIT;
    static final String YUAN = "yuan";

    private static final int FEN_DIGITS = 2;

    private final Map<String, String> facts = new LinkedHashMap<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private String bound = "";

    /** A fact that the rule looked at; it can stand in the text too. */
    Wording fact(String name, String value) {
        facts.put(name, value);
        return this;
    }

    Wording fact(String name, Rational value) {
        return fact(name, value.display());
    }

    Wording facts(Map<String, String> more) {
        facts.putAll(more);
        return this;
    }

    /** The tenancy's fact behind a number, where there is one. */
    Wording quantity(Quantity quantity, TenancyFacts tenancy) {
        quantity.eachFact(fact -> fact(fact.code(), tenancy.number(fact)));
        return this;
    }

    /** A value for the text alone. */
    Wording value(String name, String value) {
        values.put(name, value);
        return this;
    }

    Wording value(String name, Rational value) {
        return value(name, value.display());
    }

    Wording value(String name, LocalDate day) {
        return value(name, day.toString());
    }

    Wording bound(String decided, String limit) {
        bound = decided;
        return value(LIMIT, limit);
    }

    MoneyStep step(String id, @Nullable Long fen, Text template) {
        if (fen != null) {
            value(YUAN, yuan(fen));
        }
        var all = new LinkedHashMap<>(facts);
        all.putAll(values);
        return new MoneyStep(id, facts, bound, fen, template.with(all));
    }

    /** As people write money: {@code 540.00}. */
    static String yuan(long fen) {
        return BigDecimal.valueOf(fen, FEN_DIGITS).toPlainString();
    }
}
