package io.anju.policy;

import io.anju.policy.number.Rational;
import java.time.LocalDate;
import java.util.Collection;

/** What a condition may ask: a household on a day, or values that the loader makes up to see what can ever hold. */
interface FactSource {

    LocalDate asOf();

    /** The value of a number or a count; a yes is 1, a class of its section is its place from 1, and 0 is none. */
    Rational value(Fact fact);

    boolean belongsToAnyOf(Collection<String> groups);
}
