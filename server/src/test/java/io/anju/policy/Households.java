package io.anju.policy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Households for tests: an applicant whom nothing stands in the way of, changed as a test needs. */
final class Households {
    static final LocalDate AS_OF = LocalDate.of(2026, 11, 22);

    private final List<Person> members = new ArrayList<>();
    private String cityCode = "370200";
    private BigDecimal areaSqm = BigDecimal.ZERO;
    private long monthlyIncomeFen = 0;
    private long assetsFen = 0;
    private Set<String> groups = Set.of();
    private @Nullable LocalDate qualifiedOn;

    private Households() {}

    static Households of(LocalDate applicantBorn) {
        return new Households().with(Relation.APPLICANT, applicantBorn);
    }

    static Households single() {
        return of(AS_OF.minusYears(40));
    }

    Households in(String city) {
        cityCode = city;
        members.replaceAll(member -> new Person(member.relation(), member.birthDate(), city, member.hukouSince()));
        return this;
    }

    Households with(Relation relation, LocalDate born) {
        return with(new Person(relation, born, cityCode, born));
    }

    Households with(Person person) {
        members.add(person);
        return this;
    }

    Households hukou(@Nullable String city, @Nullable LocalDate since) {
        members.replaceAll(member -> new Person(member.relation(), member.birthDate(), city, since));
        return this;
    }

    /** @param totalSqm of the whole household */
    Households area(String totalSqm) {
        areaSqm = new BigDecimal(totalSqm);
        return this;
    }

    /** @param totalFen of the whole household, in a month */
    Households income(long totalFen) {
        monthlyIncomeFen = totalFen;
        return this;
    }

    Households assets(long totalFen) {
        assetsFen = totalFen;
        return this;
    }

    Households groups(String... codes) {
        groups = Set.of(codes);
        return this;
    }

    Households qualified(LocalDate day) {
        qualifiedOn = day;
        return this;
    }

    HouseholdFacts facts() {
        return new HouseholdFacts(cityCode, members, areaSqm, monthlyIncomeFen, assetsFen, groups, qualifiedOn);
    }
}
