package io.anju.application;

import static io.anju.application.ApplicationProblem.APPLICANT_MISSING;
import static io.anju.application.ApplicationProblem.APPLICANT_REPEATED;
import static io.anju.application.ApplicationProblem.APPLICANT_UNDER_AGE;
import static io.anju.application.ApplicationProblem.BIRTH_DATE_CONTRADICTS_ID;
import static io.anju.application.ApplicationProblem.CHILD_NOT_YOUNGER;
import static io.anju.application.ApplicationProblem.COMMUNITY_UNKNOWN;
import static io.anju.application.ApplicationProblem.DATE_IN_FUTURE;
import static io.anju.application.ApplicationProblem.DOCUMENT_MISSING;
import static io.anju.application.ApplicationProblem.HOME_WITHOUT_AREA;
import static io.anju.application.ApplicationProblem.HUKOU_SINCE_BEFORE_BIRTH;
import static io.anju.application.ApplicationProblem.MARRIED_UNDER_AGE;
import static io.anju.application.ApplicationProblem.MARRIED_WITHOUT_SPOUSE;
import static io.anju.application.ApplicationProblem.PARENT_NOT_OLDER;
import static io.anju.application.ApplicationProblem.RENT_CONTRADICTS_TENURE;
import static io.anju.application.ApplicationProblem.SAME_PERSON_TWICE;
import static io.anju.application.ApplicationProblem.SEX_CONTRADICTS_ID;
import static io.anju.application.ApplicationProblem.SPOUSE_REPEATED;
import static io.anju.application.ApplicationProblem.SPOUSE_WITHOUT_MARRIAGE;

import io.anju.application.Household.MaritalStatus;
import io.anju.application.Household.Member;
import io.anju.application.Household.Tenure;
import io.anju.identity.NationalId;
import io.anju.identity.Sex;
import io.anju.platform.problem.Code;
import io.anju.platform.problem.Finding;
import io.anju.policy.City;
import io.anju.policy.DocumentRule;
import io.anju.policy.Relation;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What every city asks of a declaration: that it does not contradict itself. All findings at once, each with a JSON
 * Pointer into the application. What a city's own policy asks is not here.
 */
final class ApplicationPolicy {
    /** 民法典 art. 17, 18: full legal capacity begins at 18. */
    private static final int ADULT_YEARS = 18;

    /** 民法典 art. 1047. */
    private static final int MARRIAGE_YEARS_MEN = 22;

    private static final int MARRIAGE_YEARS_WOMEN = 20;

    private ApplicationPolicy() {}

    /** What is wrong with single fields; a draft is kept only where nothing is. */
    static List<Finding> malformed(Household household, LocalDate today) {
        var findings = new ArrayList<Finding>();
        for (int i = 0; i < household.members().size(); i++) {
            memberFields(household.members().get(i), "/household/members/" + i, today, findings);
        }
        return findings;
    }

    /** What contradicts something else in the declaration, or the city's own data. */
    static List<Finding> contradictions(Household household, City city, LocalDate today) {
        var findings = new ArrayList<>(malformed(household, today));
        roles(household.members(), findings);
        samePersons(household.members(), findings);
        generations(household.members(), findings);
        marriage(household.members(), today, findings);
        homes(household.homes(), findings);
        if (city.community(household.currentAddress().areaCode()).isEmpty()) {
            findings.add(Finding.of("/household/currentAddress/areaCode", COMMUNITY_UNKNOWN));
        }
        return findings;
    }

    static boolean hasOneApplicant(Household household) {
        return indexesOf(household.members(), Relation.APPLICANT).size() == 1;
    }

    /** The documents that the policy asks for and that are not there. */
    static List<Finding> missingDocuments(List<DocumentRule> required, Set<String> presentKinds) {
        return required.stream()
                .filter(rule -> !presentKinds.contains(rule.id()))
                .map(rule -> new Finding(
                        "/attachments",
                        DOCUMENT_MISSING,
                        Map.of(
                                "kind",
                                rule.id(),
                                "nameZh",
                                rule.name().zh(),
                                "nameEn",
                                rule.name().en())))
                .toList();
    }

    private static void memberFields(Member member, String pointer, LocalDate today, List<Finding> findings) {
        var fault = NationalId.check(member.nationalId(), today);
        if (fault.isPresent()) {
            findings.add(Finding.of(pointer + "/nationalId", fault.get()));
        } else {
            agreesWithId(member, NationalId.parse(member.nationalId()), pointer, findings);
        }
        if (member.birthDate().isAfter(today)) {
            findings.add(Finding.of(pointer + "/birthDate", DATE_IN_FUTURE));
        }
        var hukou = member.hukou();
        if (hukou != null && hukou.since().isAfter(today)) {
            findings.add(Finding.of(pointer + "/hukou/since", DATE_IN_FUTURE));
        }
        if (hukou != null && hukou.since().isBefore(member.birthDate())) {
            findings.add(Finding.of(pointer + "/hukou/since", HUKOU_SINCE_BEFORE_BIRTH));
        }
    }

    private static void agreesWithId(Member member, NationalId id, String pointer, List<Finding> findings) {
        if (!id.birthDate().equals(member.birthDate())) {
            findings.add(Finding.of(pointer + "/birthDate", BIRTH_DATE_CONTRADICTS_ID));
        }
        if (id.sex() != member.sex()) {
            findings.add(Finding.of(pointer + "/sex", SEX_CONTRADICTS_ID));
        }
    }

    private static void roles(List<Member> members, List<Finding> findings) {
        if (indexesOf(members, Relation.APPLICANT).isEmpty()) {
            findings.add(Finding.of("/household/members", APPLICANT_MISSING));
        }
        repeated(members, Relation.APPLICANT, APPLICANT_REPEATED, findings);
        repeated(members, Relation.SPOUSE, SPOUSE_REPEATED, findings);
    }

    private static void repeated(List<Member> members, Relation relation, Code code, List<Finding> findings) {
        indexesOf(members, relation).stream()
                .skip(1)
                .forEach(index -> findings.add(Finding.of(field(index, "relation"), code)));
    }

    private static void samePersons(List<Member> members, List<Finding> findings) {
        var seen = new HashMap<String, Integer>();
        for (int i = 0; i < members.size(); i++) {
            if (seen.putIfAbsent(members.get(i).nationalId(), i) != null) {
                findings.add(Finding.of(field(i, "nationalId"), SAME_PERSON_TWICE));
            }
        }
    }

    /** A member of a later generation than another of the same line is born after that one. */
    private static void generations(List<Member> members, List<Finding> findings) {
        var applicants = indexesOf(members, Relation.APPLICANT);
        if (applicants.size() != 1) {
            return;
        }
        for (int i = 0; i < members.size(); i++) {
            generation(members, i, members.get(applicants.get(0)), findings);
        }
    }

    private static void generation(List<Member> members, int index, Member applicant, List<Finding> findings) {
        var member = members.get(index);
        var generation = member.relation().generation();
        if (generation < 0 && !member.birthDate().isAfter(applicant.birthDate())) {
            findings.add(Finding.of(field(index, "birthDate"), CHILD_NOT_YOUNGER));
        }
        if (generation > 0 && !member.birthDate().isBefore(applicant.birthDate())) {
            findings.add(Finding.of(field(index, "birthDate"), PARENT_NOT_OLDER));
        }
        if (member.relation() == Relation.GRANDCHILD && youngerThanNoChild(members, member)) {
            findings.add(Finding.of(field(index, "birthDate"), CHILD_NOT_YOUNGER));
        }
    }

    /** The household names children of the applicant, and the grandchild is older than every one of them. */
    private static boolean youngerThanNoChild(List<Member> members, Member grandchild) {
        var children = members.stream()
                .filter(member -> member.relation() == Relation.CHILD)
                .toList();
        return !children.isEmpty()
                && children.stream().noneMatch(child -> child.birthDate().isBefore(grandchild.birthDate()));
    }

    private static void marriage(List<Member> members, LocalDate today, List<Finding> findings) {
        var applicants = indexesOf(members, Relation.APPLICANT);
        var spouses = indexesOf(members, Relation.SPOUSE);
        for (int index : applicants) {
            if (yearsOld(members.get(index), today) < ADULT_YEARS) {
                findings.add(Finding.of(field(index, "birthDate"), APPLICANT_UNDER_AGE));
            }
            var married = members.get(index).maritalStatus() == MaritalStatus.MARRIED;
            if (married && spouses.isEmpty()) {
                findings.add(Finding.of(field(index, "maritalStatus"), MARRIED_WITHOUT_SPOUSE));
            }
            if (!married && !spouses.isEmpty()) {
                findings.add(Finding.of(field(index, "maritalStatus"), SPOUSE_WITHOUT_MARRIAGE));
            }
        }
        for (int index : spouses) {
            if (members.get(index).maritalStatus() != MaritalStatus.MARRIED) {
                findings.add(Finding.of(field(index, "maritalStatus"), SPOUSE_WITHOUT_MARRIAGE));
            }
        }
        for (int i = 0; i < members.size(); i++) {
            if (marriedUnderAge(members.get(i), today)) {
                findings.add(Finding.of(field(i, "maritalStatus"), MARRIED_UNDER_AGE));
            }
        }
    }

    private static boolean marriedUnderAge(Member member, LocalDate today) {
        var age = member.sex() == Sex.MALE ? MARRIAGE_YEARS_MEN : MARRIAGE_YEARS_WOMEN;
        return member.maritalStatus() == MaritalStatus.MARRIED && yearsOld(member, today) < age;
    }

    private static long yearsOld(Member member, LocalDate today) {
        return member.birthDate().until(today).getYears();
    }

    private static void homes(List<Household.Home> homes, List<Finding> findings) {
        for (int i = 0; i < homes.size(); i++) {
            var home = homes.get(i);
            if (home.areaSqm().signum() == 0) {
                findings.add(Finding.of("/household/homes/" + i + "/areaSqm", HOME_WITHOUT_AREA));
            }
            if ((home.tenure() == Tenure.RENTED) != (home.monthlyRentFen() != null)) {
                findings.add(Finding.of("/household/homes/" + i + "/monthlyRentFen", RENT_CONTRADICTS_TENURE));
            }
        }
    }

    private static List<Integer> indexesOf(List<Member> members, Relation relation) {
        var indexes = new ArrayList<Integer>();
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).relation() == relation) {
                indexes.add(i);
            }
        }
        return indexes;
    }

    private static String field(int member, String name) {
        return "/household/members/" + member + "/" + name;
    }
}
