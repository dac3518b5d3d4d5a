package io.anju.policy;

import io.anju.api.model.EligibilityHousehold;
import io.anju.api.model.EligibilityMember;
import io.anju.api.model.EligibilityOnFile;
import io.anju.api.model.SpecialGroupCode;
import io.anju.platform.problem.Finding;
import io.anju.platform.problem.Refusal;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Facts as they are asked about: contradictions that no rule could answer, and the way into the rules' own types. */
public final class DeclaredFacts {
    private DeclaredFacts() {}

    /**
     * The facts that rules look at.
     *
     * @throws Refusal with everything that contradicts itself
     */
    public static HouseholdFacts checked(String cityCode, EligibilityHousehold household, LocalDate asOf) {
        var findings = contradictions(household, asOf);
        if (!findings.isEmpty()) {
            throw Refusal.of(PolicyProblem.CONTRADICTORY_FACTS, findings);
        }
        return facts(cityCode, household);
    }

    /** Everything that contradicts itself, with pointers into the request's body. */
    static List<Finding> contradictions(EligibilityHousehold household, LocalDate asOf) {
        var findings = new ArrayList<Finding>();
        var members = household.members();
        if (count(members, Relation.APPLICANT) != 1) {
            findings.add(Finding.of("/household/members", PolicyProblem.NOT_EXACTLY_ONE_APPLICANT));
        }
        if (count(members, Relation.SPOUSE) > 1) {
            findings.add(Finding.of("/household/members", PolicyProblem.MORE_THAN_ONE_SPOUSE));
        }
        for (var i = 0; i < members.size(); i++) {
            checkDates(members.get(i), "/household/members/" + i, asOf, findings);
        }
        requireNotAfter(household.qualifiedOn(), "/household/qualifiedOn", asOf, findings);
        var known = household.onFile();
        if (known != null) {
            var pointer = "/household/onFile";
            requireNotAfter(known.appliedOn(), pointer + "/appliedOn", asOf, findings);
            requireNotAfter(known.earlierQualifiedOn(), pointer + "/earlierQualifiedOn", asOf, findings);
            requireNotAfter(known.deceitFoundOn(), pointer + "/deceitFoundOn", asOf, findings);
        }
        return findings;
    }

    private static void checkDates(EligibilityMember member, String pointer, LocalDate asOf, List<Finding> findings) {
        var since = member.hukouSince();
        requireNotAfter(member.birthDate(), pointer + "/birthDate", asOf, findings);
        requireNotAfter(since, pointer + "/hukouSince", asOf, findings);
        if (since != null && since.isBefore(member.birthDate())) {
            findings.add(Finding.of(pointer + "/hukouSince", PolicyProblem.HUKOU_BEFORE_BIRTH));
        }
    }

    static void requireNotAfter(@Nullable LocalDate date, String pointer, LocalDate asOf, List<Finding> findings) {
        if (date != null && date.isAfter(asOf)) {
            findings.add(new Finding(pointer, PolicyProblem.DATE_AFTER_AS_OF, Map.of("date", asOf.toString())));
        }
    }

    static HouseholdFacts facts(String cityCode, EligibilityHousehold household) {
        return new HouseholdFacts(
                cityCode,
                household.members().stream().map(DeclaredFacts::person).toList(),
                new BigDecimal(household.ownedAreaSqm()),
                household.monthlyIncomeFen(),
                household.assetsFen(),
                groups(household.specialGroups()),
                household.qualifiedOn(),
                onFile(household.onFile()));
    }

    private static CaseFacts onFile(@Nullable EligibilityOnFile known) {
        return known == null
                ? CaseFacts.NONE
                : new CaseFacts(
                        known.appliedOn(),
                        known.earlierQualifiedOn(),
                        Objects.requireNonNullElse(known.waiverCount(), 0),
                        known.deceitFoundOn(),
                        known.districtCode());
    }

    private static Set<String> groups(@Nullable List<SpecialGroupCode> codes) {
        return codes == null
                ? Set.of()
                : codes.stream().map(SpecialGroupCode::wire).collect(Collectors.toUnmodifiableSet());
    }

    private static Person person(EligibilityMember member) {
        var sex = member.sex();
        return new Person(
                relation(member),
                member.birthDate(),
                member.hukouCityCode(),
                member.hukouSince(),
                sex == null ? null : Sex.valueOf(sex.name()));
    }

    private static Relation relation(EligibilityMember member) {
        return Relation.valueOf(member.relation().name());
    }

    private static long count(List<EligibilityMember> members, Relation relation) {
        return members.stream().filter(member -> relation(member) == relation).count();
    }
}
