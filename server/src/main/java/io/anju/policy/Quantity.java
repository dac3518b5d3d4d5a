package io.anju.policy;

import io.anju.policy.number.Amount;
import io.anju.policy.number.Rational;
import java.time.LocalDate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A number of a rule about money: written in it, or so many times a named figure, or so many times a fact. */
record Quantity(Amount amount, @Nullable TenancyFact fact) {

    static Quantity of(Rational value) {
        return new Quantity(Amount.of(value), null);
    }

    Rational at(LocalDate day, TenancyFacts tenancy) {
        var value = amount.at(day);
        return fact == null ? value : tenancy.number(fact).times(value);
    }

    void eachFact(Consumer<TenancyFact> consumer) {
        if (fact != null) {
            consumer.accept(fact);
        }
    }
}
