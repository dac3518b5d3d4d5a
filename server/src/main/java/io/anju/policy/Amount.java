package io.anju.policy;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A number of a rule: written in it, or so many times a named figure. */
record Amount(Rational factor, @Nullable Figure figure) {

    static Amount of(Rational value) {
        return new Amount(value, null);
    }

    Rational at(LocalDate day) {
        return figure == null ? factor : figure.at(day).times(factor);
    }
}
