package io.anju.policy.number;

import java.time.LocalDate;
import java.util.List;

/**
 * A named figure that is set anew from time to time, for instance the income line of a year.
 *
 * @param values by date, the earliest first
 */
public record Figure(String name, List<Dated> values) {

    /** @param from first day on which the value holds */
    public record Dated(LocalDate from, Rational value) {}

    public Figure {
        values = List.copyOf(values);
    }

    /** The value that holds on the day. */
    public Rational at(LocalDate day) {
        for (var i = values.size() - 1; i >= 0; i--) {
            if (!values.get(i).from().isAfter(day)) {
                return values.get(i).value();
            }
        }
        throw new IllegalArgumentException(name + " has no value on " + day);
    }
}
