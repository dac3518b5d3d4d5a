package io.anju.policy.number;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A number of a rule: written in it, or so many times a named figure. */
public record Amount(Rational factor, @Nullable Figure figure) {

    public static Amount of(Rational value) {
        return new Amount(value, null);
    }

    public Rational at(LocalDate day) {
        return figure == null ? factor : figure.at(day).times(factor);
    }
}
