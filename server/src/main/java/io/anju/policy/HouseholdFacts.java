package io.anju.policy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one household that a rule can use; a decision keeps them, so that it can be recomputed years later.
 *
 * @param members everyone who applies together, exactly one of them {@link Relation#APPLICANT}
 * @param ownedAreaSqm floor area that the members own or rent from the public in all, ㎡
 * @param monthlyIncomeFen income of all members in a month, fen
 * @param assetsFen assets of all members, fen
 * @param specialGroups codes of {@link SpecialGroup}
 * @param qualifiedOn day of the qualification notice from which waiting counts; null before there is one
 * @param onFile what the city itself knows of the case
 */
public record HouseholdFacts(
        String cityCode,
        List<Person> members,
        BigDecimal ownedAreaSqm,
        long monthlyIncomeFen,
        long assetsFen,
        Set<String> specialGroups,
        @Nullable LocalDate qualifiedOn,
        CaseFacts onFile) {

    /** A household of which nothing is on file. */
    public HouseholdFacts(
            String cityCode,
            List<Person> members,
            BigDecimal ownedAreaSqm,
            long monthlyIncomeFen,
            long assetsFen,
            Set<String> specialGroups,
            @Nullable LocalDate qualifiedOn) {
        this(cityCode, members, ownedAreaSqm, monthlyIncomeFen, assetsFen, specialGroups, qualifiedOn, CaseFacts.NONE);
    }

    public HouseholdFacts {
        // facts that were kept before anything was on file have none
        onFile = Objects.requireNonNullElse(onFile, CaseFacts.NONE);
        members = List.copyOf(members);
        specialGroups = Set.copyOf(specialGroups);
        var applicants = members.stream()
                .filter(member -> member.relation() == Relation.APPLICANT)
                .count();
        if (applicants != 1) {
            throw new IllegalArgumentException("a household has exactly one applicant, this one has " + applicants);
        }
        if (ownedAreaSqm.signum() < 0 || monthlyIncomeFen < 0 || assetsFen < 0) {
            throw new IllegalArgumentException("area, income and assets are never negative");
        }
    }

    /** The same household with another income of all members in a month. */
    HouseholdFacts earning(long fen) {
        return new HouseholdFacts(cityCode, members, ownedAreaSqm, fen, assetsFen, specialGroups, qualifiedOn, onFile);
    }

    /** The same household after its qualification notice. */
    public HouseholdFacts qualified(LocalDate day) {
        return new HouseholdFacts(
                cityCode, members, ownedAreaSqm, monthlyIncomeFen, assetsFen, specialGroups, day, onFile);
    }

    /** The same household with what the city's files say. */
    public HouseholdFacts onFile(CaseFacts known) {
        return new HouseholdFacts(
                cityCode, members, ownedAreaSqm, monthlyIncomeFen, assetsFen, specialGroups, qualifiedOn, known);
    }

    /** The facts of the household as a whole, without what belongs to one person: these may be told to any member. */
    public Map<String, Object> sums() {
        var sums = new LinkedHashMap<String, Object>();
        sums.put("cityCode", cityCode);
        sums.put("persons", members.size());
        sums.put("ownedAreaSqm", ownedAreaSqm.toPlainString());
        sums.put("monthlyIncomeFen", monthlyIncomeFen);
        sums.put("assetsFen", assetsFen);
        if (qualifiedOn != null) {
            sums.put("qualifiedOn", qualifiedOn.toString());
        }
        return sums;
    }

    public Person applicant() {
        return first(Relation.APPLICANT).orElseThrow();
    }

    public Optional<Person> spouse() {
        return first(Relation.SPOUSE);
    }

    private Optional<Person> first(Relation relation) {
        return members.stream().filter(member -> member.relation() == relation).findFirst();
    }
}
