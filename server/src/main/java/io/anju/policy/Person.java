package io.anju.policy;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What the rules need to know of one member. No name, no ID: facts are kept with decisions for years.
 *
 * @param hukouCityCode city of the household register (户籍), GB/T 2260; null when unknown or none
 * @param hukouSince day since which the register has been there; null when unknown
 * @param sex null when unknown
 */
public record Person(
        Relation relation,
        LocalDate birthDate,
        @Nullable String hukouCityCode,
        @Nullable LocalDate hukouSince,
        @Nullable Sex sex) {

    /** A person whose sex no rule asks for. */
    public Person(
            Relation relation, LocalDate birthDate, @Nullable String hukouCityCode, @Nullable LocalDate hukouSince) {
        this(relation, birthDate, hukouCityCode, hukouSince, null);
    }
}
