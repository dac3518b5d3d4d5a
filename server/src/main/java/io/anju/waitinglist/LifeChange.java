package io.anju.waitinglist;

import io.anju.platform.problem.Refusal;
import io.anju.policy.HouseholdFacts;
import io.anju.policy.Person;
import io.anju.policy.Relation;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What has changed in a household's life; absent parts stay as they were.
 *
 * @param areaCode the community that it lives in now, 12 digits
 */
public record LifeChange(
        @Nullable String areaCode,
        @Nullable String category,
        @Nullable List<Person> members,
        @Nullable BigDecimal ownedAreaSqm,
        @Nullable Long monthlyIncomeFen,
        @Nullable Long assetsFen,
        @Nullable Set<String> specialGroups) {

    /** The next version of a household's facts. */
    record Result(String areaCode, String category, HouseholdFacts facts) {}

    /** The facts with the change in them; refuses where nothing has changed, or where the new facts contradict. */
    Result apply(Registration registration, HouseholdFacts before, LocalDate effectiveOn) {
        if (areaCode == null
                && category == null
                && members == null
                && ownedAreaSqm == null
                && monthlyIncomeFen == null
                && assetsFen == null
                && specialGroups == null) {
            throw Refusal.at("/changes", WaitingListProblem.NOTHING_CHANGED);
        }
        if (members != null) {
            requireConsistent(members, effectiveOn);
        }
        var area = areaCode == null ? registration.areaCode() : areaCode;
        var facts = new HouseholdFacts(
                before.cityCode(),
                members == null ? before.members() : members,
                ownedAreaSqm == null ? before.ownedAreaSqm() : ownedAreaSqm,
                monthlyIncomeFen == null ? before.monthlyIncomeFen() : monthlyIncomeFen,
                assetsFen == null ? before.assetsFen() : assetsFen,
                specialGroups == null ? before.specialGroups() : specialGroups,
                before.qualifiedOn(),
                areaCode == null ? before.onFile() : before.onFile().movedTo(areaCode));
        return new Result(area, category == null ? registration.category() : category, facts);
    }

    private static void requireConsistent(List<Person> members, LocalDate effectiveOn) {
        boolean isConsistent = count(members, Relation.APPLICANT) == 1
                && count(members, Relation.SPOUSE) <= 1
                && members.stream().allMatch(member -> isConsistent(member, effectiveOn));
        if (!isConsistent) {
            throw Refusal.at("/changes/members", WaitingListProblem.FACTS_CONTRADICT);
        }
    }

    private static boolean isConsistent(Person member, LocalDate effectiveOn) {
        var since = member.hukouSince();
        return !member.birthDate().isAfter(effectiveOn)
                && (since == null || !since.isAfter(effectiveOn) && !since.isBefore(member.birthDate()));
    }

    private static long count(List<Person> members, Relation relation) {
        return members.stream().filter(member -> member.relation() == relation).count();
    }
}
